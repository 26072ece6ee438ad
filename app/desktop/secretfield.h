// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/secretstore.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// A field of a form for a secret of an endpoint: typed itself, or as `env:NAME`. One that is kept
/// is never shown again.
class SecretField final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    /// What was typed; empty also where a secret is kept.
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed FINAL)
    /// There is one, typed or kept.
    Q_PROPERTY(bool present READ isPresent NOTIFY changed FINAL)
    /// Where it is, or will be, in a sentence.
    Q_PROPERTY(QString note READ note NOTIFY changed FINAL)

public:
    /// `secrets` must outlive this.
    SecretField(SecretStore &secrets, SecretStore::What what, QObject *parent);

    [[nodiscard]] SecretStore::What what() const { return m_what; }

    [[nodiscard]] QString text() const { return m_text; }

    void setText(const QString &text);
    [[nodiscard]] bool isPresent() const;
    [[nodiscard]] QString note() const;

    /// Shows the state of what is kept; nothing is typed.
    void show(const KeyReference &kept);
    /// What belongs into the endpoint, as far as it is known before writing.
    [[nodiscard]] KeyReference reference() const;
    /// What is to be written; empty: nothing was typed that is a secret itself.
    [[nodiscard]] Secret typed() const;
    /// What was typed, and what is kept, is no more; the store still has it.
    Q_INVOKABLE void clear();

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QString absence() const;

    SecretStore &m_secrets;
    SecretStore::What m_what;
    QString m_text;
    KeyReference m_kept;
};

} // namespace Lorikeet
