// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endpointeditor.h"

#include "chat/chatservice.h"
#include "endpointlistmodel.h"
#include "ids.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "store/secretstore.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString toSeconds(Milliseconds time)
{
    return QString::number(std::chrono::duration<double>(time).count());
}

std::optional<Milliseconds> fromSeconds(const QString &text)
{
    bool understood = false;
    const double seconds = text.trimmed().toDouble(&understood);
    if (!understood || seconds < 0 || seconds > 1e6) {
        return std::nullopt;
    }
    return std::chrono::duration_cast<Milliseconds>(std::chrono::duration<double>(seconds));
}

QString toLines(const Headers &headers)
{
    QStringList lines;
    for (const Header &header : headers) {
        lines.append(QString::fromUtf8(header.name) + ": "_L1 + QString::fromUtf8(header.value));
    }
    return lines.join(u'\n');
}

/// Nothing where a line is no header.
std::optional<Headers> fromLines(const QString &text)
{
    Headers headers;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        if (line.trimmed().isEmpty()) {
            continue;
        }
        const qsizetype colon = line.indexOf(u':');
        const QString name = line.left(colon).trimmed();
        if (colon < 1 || name.contains(u' ')) {
            return std::nullopt;
        }
        headers.append({name.toUtf8(), line.sliced(colon + 1).trimmed().toUtf8()});
    }
    return headers;
}

/// What a person types for an address: the scheme may be missing.
QUrl urlFromText(const QString &text)
{
    const QString trimmed = text.trimmed();
    return QUrl(trimmed.contains("://"_L1) ? trimmed : "http://"_L1 + trimmed, QUrl::StrictMode);
}

std::optional<QString> variableOf(const QString &key)
{
    const QString trimmed = key.trimmed();
    return trimmed.startsWith("env:"_L1) ? std::optional(trimmed.sliced(4).trimmed())
                                         : std::nullopt;
}

QList<Fact> factsOf(const EndpointDescription &found)
{
    const QLocale locale;
    QList<Fact> facts;
    if (found.latency) {
        const std::chrono::duration<double, std::milli> latency = *found.latency;
        facts.append({EndpointEditor::tr("Latency"),
            EndpointEditor::tr("%1 ms").arg(locale.toString(latency.count(), 'f', 1))});
    }
    facts.append({EndpointEditor::tr("Server"),
        found.server.isEmpty() ? EndpointEditor::tr("not recognised")
                               : QString(found.server + u' ' + found.version).trimmed()});
    facts.append({EndpointEditor::tr("Models"),
        found.models.isEmpty() ? EndpointEditor::tr("none listed")
                               : locale.toString(found.models.size())});
    if (found.adapterStyle != AdapterStyle::None) {
        QStringList names;
        for (const AdapterInfo &adapter : found.adapters) {
            names.append(adapter.name.isEmpty() ? adapter.id : adapter.name);
        }
        facts.append({EndpointEditor::tr("Adapters"),
            names.isEmpty() ? EndpointEditor::tr("by their id, loaded on demand")
                            : names.join(u", "_s)});
    }
    if (found.contextLength) {
        facts.append({EndpointEditor::tr("Context"),
            EndpointEditor::tr("%1 tokens").arg(locale.toString(*found.contextLength))});
    }
    return facts;
}

Failure wrong(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

} // namespace

EndpointEditor::EndpointEditor(
    EndpointListModel &endpoints, SecretStore &secrets, ChatService &service, QObject *parent)
    : QObject(parent)
    , m_endpoints(endpoints)
    , m_secrets(secrets)
    , m_service(service)
{
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
    m_name = endpoint.name;
    m_url = endpoint.url.toString();
    m_dialect = int(std::max<qsizetype>(0, providers().indexOf(findProvider(endpoint.provider))));
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
    resetTest();
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
        resetTest();
        setField(m_url, text);
    }
}

void EndpointEditor::setDialect(int index)
{
    if (m_dialect != index && index >= 0 && index < providers().size()) {
        m_dialect = index;
        resetTest();
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
    const Result<Endpoint> endpoint = compose();
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
        return m_secrets.backend() == SecretStore::Backend::Session
            ? m_secrets.backendMessage()
            : tr("Will be kept in the system's keychain, never in a file of Lorikeet.");
    }
    switch (m_saved.key.kind) {
    case KeyReference::Kind::Keychain:
        return tr("A key is kept in the system's keychain.");
    case KeyReference::Kind::Session:
        return tr("A key is kept in memory until Lorikeet ends.");
    case KeyReference::Kind::Environment:
    case KeyReference::Kind::None:
        break;
    }
    return tr("No key is sent.");
}

Result<Endpoint> EndpointEditor::compose() const
{
    Endpoint endpoint = m_saved;
    endpoint.url = urlFromText(m_url);
    const QString scheme = endpoint.url.scheme();
    if (m_url.trimmed().isEmpty()) {
        return wrong(tr("An address is needed, such as http://localhost:8080."));
    }
    if (!endpoint.url.isValid() || endpoint.url.host().isEmpty()
        || (scheme != "http"_L1 && scheme != "https"_L1)) {
        return wrong(tr("“%1” is not an address of a server. It looks like "
                        "http://localhost:8080 or https://host/v1.")
                .arg(m_url));
    }
    endpoint.name = m_name.trimmed().isEmpty() ? endpoint.url.authority() : m_name.trimmed();
    endpoint.provider = providers()[m_dialect]->id();
    endpoint.model = m_model.trimmed();
    if (!m_description.server.isEmpty()) {
        endpoint.server = m_description.server;
        endpoint.serverVersion = m_description.version;
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
    endpoint.tls = {m_caFile.trimmed(), m_clientCertificate.trimmed(), m_clientKey.trimmed()};
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
        m_name = endpoint.name;
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

void EndpointEditor::resetTest()
{
    ++m_tests;
    m_testState = Untested;
    m_testSentence.clear();
    m_testServerMessage.clear();
    m_description = {};
    m_facts.clear();
    m_fix.clear();
    m_found = {};
    Q_EMIT tested();
}

void EndpointEditor::test()
{
    const Result<Endpoint> endpoint = compose();
    if (!endpoint) {
        setProblem(endpoint.error().message);
        return;
    }
    setProblem({});
    resetTest();
    m_testState = Testing;
    m_testSentence = tr("Asking %1 …").arg(endpoint->url.authority());
    Q_EMIT tested();
    target(*endpoint)
        .then(this,
            [this](const Result<Target> &target) {
                return target
                    ? m_service.probe(*target)
                    : QtFuture::makeReadyValueFuture<Result<ProbeResult>>(Failure(target.error()));
            })
        .unwrap()
        .then(this, [this, test = m_tests](const Result<ProbeResult> &found) {
            if (test == m_tests) {
                onTested(found);
            }
        });
}

QStringList EndpointEditor::models() const
{
    QStringList ids;
    for (const ModelInfo &model : m_description.models) {
        ids.append(model.id);
    }
    return ids;
}

void EndpointEditor::onTested(const Result<ProbeResult> &found)
{
    if (!found) {
        m_testState = Failed;
        m_testSentence = found.error().message;
        m_testServerMessage = found.error().serverMessage;
        Q_EMIT tested();
        return;
    }
    m_testState = Passed;
    m_description = found->description;
    m_facts = factsOf(m_description);
    m_testSentence = tr("It answers.");
    m_found = {.provider = found->provider, .url = found->url};
    const bool otherUrl = found->url != urlFromText(m_url);
    const Provider *spoken = findProvider(found->provider);
    const bool otherDialect = spoken && spoken != providers()[m_dialect];
    if (otherUrl && otherDialect) {
        m_fix = tr("Use %1 and the dialect %2")
                    .arg(found->url.toDisplayString(), spoken->displayName());
    } else if (otherUrl) {
        m_fix = tr("Use %1").arg(found->url.toDisplayString());
    } else if (otherDialect) {
        m_fix = tr("Use the dialect %1").arg(spoken->displayName());
    }
    if (!m_fix.isEmpty()) {
        m_testSentence = tr("It answers, but not quite as it is written here.");
    }
    Q_EMIT tested();
}

void EndpointEditor::applyFix()
{
    if (m_fix.isEmpty()) {
        return;
    }
    m_url = m_found.url.toString();
    m_dialect = int(std::max<qsizetype>(0, providers().indexOf(findProvider(m_found.provider))));
    Q_EMIT changed();
    test();
}

QString EndpointEditor::localPath(const QUrl &file) const { return file.toLocalFile(); }

} // namespace Lorikeet
