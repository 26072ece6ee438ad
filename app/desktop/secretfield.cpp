// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "secretfield.h"

#include "endpointtext.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

SecretField::SecretField(SecretStore &secrets, SecretStore::What what, QObject *parent)
    : QObject(parent)
    , m_secrets(secrets)
    , m_what(what)
{
    connect(&secrets, &SecretStore::backendChanged, this, &SecretField::changed);
}

void SecretField::setText(const QString &text)
{
    if (m_text != text) {
        m_text = text;
        Q_EMIT changed();
    }
}

void SecretField::show(const KeyReference &kept)
{
    m_kept = kept;
    m_text = kept.kind == KeyReference::Kind::Environment ? "env:"_L1 + kept.name : QString();
    Q_EMIT changed();
}

bool SecretField::isPresent() const
{
    return m_kept.kind != KeyReference::Kind::None || !m_text.isEmpty();
}

KeyReference SecretField::reference() const
{
    if (const std::optional<QString> variable = variableOf(m_text)) {
        return {KeyReference::Kind::Environment, *variable};
    }
    return m_kept.kind == KeyReference::Kind::Environment ? KeyReference() : m_kept;
}

Secret SecretField::typed() const
{
    return variableOf(m_text) ? Secret() : Secret(m_text.trimmed());
}

void SecretField::clear()
{
    m_kept = {};
    m_text.clear();
    Q_EMIT changed();
}

QString SecretField::absence() const
{
    switch (m_what) {
    case SecretStore::What::Key:
        return tr("No key is sent.");
    case SecretStore::What::ClientKeyPassphrase:
        return tr("Needed only where the key is encrypted.");
    case SecretStore::What::AdapterToken:
        return tr("None is sent: the server uses its own.");
    case SecretStore::What::Cookie:
        return tr("No cookie is sent.");
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString SecretField::note() const
{
    if (const std::optional<QString> variable = variableOf(m_text)) {
        return tr("Read from the environment variable %1 at each request.").arg(*variable);
    }
    if (!m_text.isEmpty()) {
        switch (m_secrets.backend()) {
        case SecretStore::Backend::Keychain:
        case SecretStore::Backend::Locked:
            return tr("Will be kept in the system's keychain, never in a file of Lorikeet.");
        case SecretStore::Backend::Unknown:
            return tr("Will be kept in the system's keychain, if it has one, never in a file of "
                      "Lorikeet.");
        case SecretStore::Backend::Session:
            return m_secrets.backendMessage();
        }
    }
    switch (m_kept.kind) {
    case KeyReference::Kind::Keychain:
        return m_what == SecretStore::What::Key ? tr("A key is kept in the system's keychain.")
                                                : tr("One is kept in the system's keychain.");
    case KeyReference::Kind::Session:
        // The store says why, if it was this program that put it there.
        return m_secrets.backend() == SecretStore::Backend::Locked
                || m_secrets.backend() == SecretStore::Backend::Session
            ? m_secrets.backendMessage()
            : m_what == SecretStore::What::Key
            ? tr("The key was kept in memory and is gone: enter it again.")
            : tr("It was kept in memory and is gone: enter it again.");
    case KeyReference::Kind::Environment:
    case KeyReference::Kind::None:
        break;
    }
    return absence();
}

} // namespace Lorikeet
