// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endpointeditor.h"

#include "endpointlistmodel.h"
#include "endpointtext.h"
#include "ids.h"
#include "providers/baseurl.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "store/secretstore.h"
#include "triton/tritonaddress.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Failure wrong(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

} // namespace

EndpointEditor::EndpointEditor(
    EndpointListModel &endpoints, SecretStore &secrets, ChatService &service, QObject *parent)
    : QObject(parent)
    , m_endpoints(endpoints)
    , m_secrets(secrets)
    , m_trial(service)
{
    connect(&m_trial, &EndpointTrial::passed, this, &EndpointEditor::complete);
    connect(&secrets, &SecretStore::backendChanged, this, &EndpointEditor::keyStateChanged);
    startNew();
}

QString EndpointEditor::endpointId() const { return m_fresh ? QString() : toText(m_saved.id); }

bool EndpointEditor::isDemo() const { return m_endpoints.isDemo(m_saved.id); }

QStringList EndpointEditor::dialects() const
{
    QStringList names;
    for (const Provider *provider : providers()) {
        names.append(provider->displayName());
    }
    return names;
}

void EndpointEditor::startNew()
{
    show({.id = QUuid::createUuid(), .provider = providers().constFirst()->id()}, true);
}

void EndpointEditor::startWith(const Endpoint &endpoint, const QString &hint)
{
    show(endpoint, true);
    m_dialectChosen = true;
    setProblem(hint);
}

void EndpointEditor::load(const QString &endpointId)
{
    if (const std::optional<Endpoint> endpoint = m_endpoints.find(QUuid::fromString(endpointId))) {
        show(*endpoint, false);
    }
}

void EndpointEditor::revert() { show(m_saved, m_fresh); }

void EndpointEditor::show(const Endpoint &endpoint, bool fresh)
{
    m_saved = endpoint;
    m_fresh = fresh;
    m_dialectChosen = !fresh;
    m_name = endpoint.name;
    m_url = endpoint.url.toString();
    m_dialect = indexOf(endpoint.provider);
    m_key = endpoint.key.kind == KeyReference::Kind::Environment ? "env:"_L1 + endpoint.key.name
                                                                 : QString();
    m_model = endpoint.model;
    m_headers = toLines(endpoint.headers);
    m_connectTimeout = toSeconds(endpoint.timeouts.connect);
    m_firstTokenTimeout = toSeconds(endpoint.timeouts.firstToken);
    m_idleTimeout = toSeconds(endpoint.timeouts.idle);
    m_proxyMode = int(endpoint.proxy.mode);
    m_proxyUrl = endpoint.proxy.url.toString();
    m_caFile = endpoint.tls.caFile;
    m_clientCertificate = endpoint.tls.clientCertificateFile;
    m_clientKey = endpoint.tls.clientKeyFile;
    setProblem({});
    m_trial.reset();
    Q_EMIT loaded();
    Q_EMIT changed();
    Q_EMIT keyStateChanged();
}

void EndpointEditor::setField(QString &field, const QString &text)
{
    if (field != text) {
        field = text;
        setProblem({});
        Q_EMIT changed();
    }
}

void EndpointEditor::setUrl(const QString &text)
{
    if (m_url != text) {
        m_trial.reset();
        setField(m_url, text);
    }
}

void EndpointEditor::setDialect(int index)
{
    if (index >= 0 && index < providers().size()) {
        m_dialectChosen = true;
        m_dialect = index;
        m_trial.reset();
        Q_EMIT changed();
    }
}

void EndpointEditor::setKey(const QString &text)
{
    setField(m_key, text);
    Q_EMIT keyStateChanged();
}

void EndpointEditor::setProxyMode(int mode)
{
    if (m_proxyMode != mode) {
        m_proxyMode = mode;
        Q_EMIT changed();
    }
}

void EndpointEditor::setProblem(const QString &sentence)
{
    if (m_problem != sentence) {
        m_problem = sentence;
        Q_EMIT problemChanged();
    }
}

bool EndpointEditor::isDirty() const
{
    if (m_fresh) {
        return !m_url.isEmpty() || !m_name.isEmpty() || !m_key.isEmpty();
    }
    Result<Endpoint> endpoint = compose();
    if (endpoint) {
        // Found, and not typed.
        endpoint->server = m_saved.server;
        endpoint->serverVersion = m_saved.serverVersion;
    }
    return !endpoint || *endpoint != m_saved || (!m_key.isEmpty() && !variableOf(m_key));
}

bool EndpointEditor::hasKey() const
{
    return m_saved.key.kind != KeyReference::Kind::None || !m_key.isEmpty();
}

QString EndpointEditor::keyState() const
{
    if (const std::optional<QString> variable = variableOf(m_key)) {
        return tr("Read from the environment variable %1 at each request.").arg(*variable);
    }
    if (!m_key.isEmpty()) {
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
    switch (m_saved.key.kind) {
    case KeyReference::Kind::Keychain:
        return tr("A key is kept in the system's keychain.");
    case KeyReference::Kind::Session:
        // The store says why, if it was this program that put it there.
        return m_secrets.backend() == SecretStore::Backend::Locked
                || m_secrets.backend() == SecretStore::Backend::Session
            ? m_secrets.backendMessage()
            : tr("The key was kept in memory and is gone: enter it again.");
    case KeyReference::Kind::Environment:
    case KeyReference::Kind::None:
        break;
    }
    return tr("No key is sent.");
}

Result<Endpoint> EndpointEditor::compose() const
{
    Endpoint endpoint = m_saved;
    endpoint.url = endpointUrl(m_url);
    const QString scheme = endpoint.url.scheme();
    const bool isGrpc = Triton::isGrpcAddress(endpoint.url);
    if (m_url.trimmed().isEmpty()) {
        return wrong(tr("An address is needed, such as http://localhost:8080."));
    }
    if (!endpoint.url.isValid() || (scheme != "http"_L1 && scheme != "https"_L1 && !isGrpc)) {
        return wrong(tr("“%1” is not an address of a server. It looks like "
                        "http://localhost:8080 or https://host/v1.")
                .arg(m_url));
    }
    endpoint.name = m_name.trimmed().isEmpty() ? endpoint.url.authority() : m_name.trimmed();
    // Nothing else is asked over gRPC.
    endpoint.provider = isGrpc ? u"triton"_s : providers()[m_dialect]->id();
    endpoint.model = m_model.trimmed();
    if (const EndpointDescription &found = m_trial.found().description; !found.server.isEmpty()) {
        endpoint.server = found.server;
        endpoint.serverVersion = found.version;
    }
    const std::optional<Headers> headers = fromLines(m_headers);
    if (!headers) {
        return wrong(tr("Each header is a line of its own, “Name: value”."));
    }
    endpoint.headers = *headers;
    const auto connect = fromSeconds(m_connectTimeout);
    const auto firstToken = fromSeconds(m_firstTokenTimeout);
    const auto idle = fromSeconds(m_idleTimeout);
    if (!connect || !firstToken || !idle) {
        return wrong(tr("Time limits are seconds; 0 means no limit."));
    }
    endpoint.timeouts.connect = *connect;
    endpoint.timeouts.firstToken = *firstToken;
    endpoint.timeouts.idle = *idle;
    endpoint.proxy.mode = ProxySetting::Mode(m_proxyMode);
    endpoint.proxy.url = QUrl(m_proxyUrl.trimmed());
    if (endpoint.proxy.mode == ProxySetting::Mode::Explicit
        && endpoint.proxy.url.host().isEmpty()) {
        return wrong(tr("The proxy needs an address, such as http://proxy:3128."));
    }
    endpoint.tls.caFile = m_caFile.trimmed();
    endpoint.tls.clientCertificateFile = m_clientCertificate.trimmed();
    endpoint.tls.clientKeyFile = m_clientKey.trimmed();
    if (const std::optional<QString> variable = variableOf(m_key)) {
        endpoint.key = {KeyReference::Kind::Environment, *variable};
    } else if (m_saved.key.kind == KeyReference::Kind::Environment) {
        endpoint.key = {};
    }
    return endpoint;
}

QFuture<Result<Target>> EndpointEditor::target(const Endpoint &endpoint)
{
    return m_secrets.resolve(endpoint).then(
        this, [key = m_key, variable = variableOf(m_key)](Result<Target> target) {
            if (target && !variable && !key.isEmpty()) {
                target->key = Secret(key.trimmed());
            }
            return target;
        });
}

void EndpointEditor::save()
{
    const Result<Endpoint> endpoint = compose();
    if (!endpoint) {
        setProblem(endpoint.error().message);
        return;
    }
    if (m_key.isEmpty() || variableOf(m_key)) {
        keep(*endpoint);
        return;
    }
    m_secrets.write(endpoint->id, Secret(m_key.trimmed()))
        .then(this, [this, endpoint = *endpoint](const Result<KeyReference> &written) {
            if (!written) {
                setProblem(written.error().message);
                return;
            }
            Endpoint withKey = endpoint;
            withKey.key = *written;
            keep(withKey);
        });
}

void EndpointEditor::keep(const Endpoint &endpoint)
{
    m_endpoints.save(endpoint).then(this, [this, endpoint](const Result<> &kept) {
        if (!kept) {
            setProblem(kept.error().message);
            return;
        }
        if (endpoint.id != m_saved.id) {
            return;
        }
        const bool wasFresh = m_fresh;
        m_saved = endpoint;
        m_fresh = false;
        if (!variableOf(m_key)) {
            m_key.clear();
        }
        if (m_name.trimmed().isEmpty()) {
            m_name = endpoint.name;
        }
        Q_EMIT loaded();
        Q_EMIT changed();
        Q_EMIT keyStateChanged();
        Q_EMIT saved();
        if (wasFresh) {
            Q_EMIT added(endpoint.id);
        }
    });
}

void EndpointEditor::removeKey()
{
    const bool kept = m_saved.key.kind != KeyReference::Kind::None;
    m_key.clear();
    m_saved.key = {};
    if (kept) {
        m_secrets.remove(m_saved.id).then(this, [this](const Result<> &removed) {
            if (!removed) {
                setProblem(removed.error().message);
            }
        });
        if (!m_fresh) {
            keep(m_saved);
        }
    }
    Q_EMIT changed();
    Q_EMIT keyStateChanged();
}

void EndpointEditor::test()
{
    const Result<Endpoint> endpoint = compose();
    if (!endpoint) {
        setProblem(endpoint.error().message);
        return;
    }
    setProblem({});
    Endpoint tried = *endpoint;
    if (!m_dialectChosen) {
        tried.provider.clear();
    }
    m_trial.start(tried, target(tried));
}

int EndpointEditor::indexOf(const QString &provider)
{
    return int(std::max<qsizetype>(0, providers().indexOf(findProvider(provider))));
}

void EndpointEditor::complete()
{
    if (m_trial.fix().isEmpty() && !isDemo()) {
        m_url = m_trial.found().url.toString();
        m_dialect = indexOf(m_trial.found().provider);
        Q_EMIT changed();
    }
    if (!m_fresh && !isDirty()) {
        // The list may still say that it does not answer.
        m_endpoints.ask(m_saved.id);
    }
}

void EndpointEditor::applyFix()
{
    const ProbeResult found = m_trial.found();
    if (m_trial.fix().isEmpty()) {
        return;
    }
    m_url = found.url.toString();
    m_dialect = indexOf(found.provider);
    Q_EMIT changed();
    test();
}

QString EndpointEditor::localPath(const QUrl &file) const { return file.toLocalFile(); }

} // namespace Lorikeet
