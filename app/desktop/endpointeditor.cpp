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
    , m_key(secrets, SecretStore::What::Key, nullptr)
    , m_network(secrets, nullptr)
    , m_trial(service)
{
    connect(&m_trial, &EndpointTrial::passed, this, &EndpointEditor::complete);
    connect(&m_key, &SecretField::changed, this, &EndpointEditor::keyStateChanged);
    connect(&m_network, &NetworkForm::changed, this, [this] {
        setProblem({});
        Q_EMIT changed();
    });
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
    m_key.show(endpoint.key);
    m_model = endpoint.model;
    m_network.show(endpoint);
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
    m_key.setText(text);
    setProblem({});
    Q_EMIT changed();
}

void EndpointEditor::setProblem(const QString &sentence)
{
    if (m_problem != sentence) {
        m_problem = sentence;
        Q_EMIT problemChanged();
    }
}

QList<SecretField *> EndpointEditor::secrets()
{
    return {&m_key, m_network.passphrase(), m_network.adapterToken(), m_network.cookie()};
}

bool EndpointEditor::isDirty() const
{
    if (m_fresh) {
        return !m_url.isEmpty() || !m_name.isEmpty() || !m_key.text().isEmpty();
    }
    Result<Endpoint> endpoint = compose();
    if (endpoint) {
        // Found, and not typed.
        endpoint->server = m_saved.server;
        endpoint->serverVersion = m_saved.serverVersion;
    }
    return !endpoint || *endpoint != m_saved || !m_key.typed().isEmpty()
        || m_network.hasTypedSecret();
}

bool EndpointEditor::hasKey() const { return m_key.isPresent(); }

QString EndpointEditor::keyState() const { return m_key.note(); }

Result<Endpoint> EndpointEditor::compose() const
{
    Endpoint endpoint = m_saved;
    const EndpointAddress address = endpointAddress(m_url);
    endpoint.url = address.url;
    endpoint.unixSocket = address.unixSocket;
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
    endpoint.key = m_key.reference();
    const Result<> network = m_network.writeTo(endpoint);
    return network ? Result<Endpoint>(endpoint) : Failure(network.error());
}

QFuture<Result<Target>> EndpointEditor::target(const Endpoint &endpoint)
{
    QList<std::pair<SecretStore::What, Secret>> typed;
    // What is typed takes the place of what is kept, which need not even be there any more.
    Endpoint kept = endpoint;
    for (const SecretField *field : secrets()) {
        if (!field->typed().isEmpty()) {
            typed.append({field->what(), field->typed()});
            placeOf(kept, field->what()) = {};
        }
    }
    return m_secrets.resolve(kept).then(this, [typed](Result<Target> target) {
        if (target) {
            for (const auto &[what, secret] : typed) {
                *target = withSecret(*target, secret, what);
            }
        }
        return target;
    });
}

void EndpointEditor::save()
{
    const Result<Endpoint> endpoint = compose();
    if (endpoint) {
        writeSecrets(*endpoint, 0);
    } else {
        setProblem(endpoint.error().message);
    }
}

void EndpointEditor::writeSecrets(const Endpoint &endpoint, qsizetype next)
{
    const QList<SecretField *> fields = secrets();
    while (next < fields.size() && fields[next]->typed().isEmpty()) {
        ++next;
    }
    if (next == fields.size()) {
        keep(endpoint);
        return;
    }
    const SecretStore::What what = fields[next]->what();
    m_secrets.write(endpoint.id, fields[next]->typed(), what)
        .then(this, [this, endpoint, next, what](const Result<KeyReference> &written) {
            if (!written) {
                setProblem(written.error().message);
                return;
            }
            Endpoint withPlace = endpoint;
            placeOf(withPlace, what) = *written;
            secrets()[next]->show(*written);
            writeSecrets(withPlace, next + 1);
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
        for (const SecretField *field : secrets()) {
            forget(
                placeOf(m_saved, field->what()), placeOf(endpoint, field->what()), field->what());
        }
        m_saved = endpoint;
        m_fresh = false;
        for (SecretField *field : secrets()) {
            // One that is typed and not written yet stays.
            if (field->typed().isEmpty()) {
                field->show(placeOf(m_saved, field->what()));
            }
        }
        if (m_name.trimmed().isEmpty()) {
            m_name = endpoint.name;
        }
        Q_EMIT loaded();
        Q_EMIT changed();
        Q_EMIT saved();
        if (wasFresh) {
            Q_EMIT added(endpoint.id);
        }
    });
}

void EndpointEditor::forget(
    const KeyReference &before, const KeyReference &now, SecretStore::What what)
{
    const auto isOurs = [](const KeyReference &place) {
        return place.kind == KeyReference::Kind::Keychain
            || place.kind == KeyReference::Kind::Session;
    };
    if (!isOurs(before) || isOurs(now)) {
        return;
    }
    m_secrets.remove(m_saved.id, what).then(this, [this](const Result<> &removed) {
        if (!removed) {
            setProblem(removed.error().message);
        }
    });
}

void EndpointEditor::removeKey()
{
    m_key.clear();
    if (!m_fresh && m_saved.key.kind != KeyReference::Kind::None) {
        Endpoint without = m_saved;
        without.key = {};
        keep(without);
    }
    Q_EMIT changed();
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
        nameModel();
        Q_EMIT changed();
    }
    if (!m_fresh && !isDirty()) {
        // The list may still say that it does not answer.
        m_endpoints.ask(m_saved.id);
    }
}

void EndpointEditor::nameModel()
{
    const ProbeResult &found = m_trial.found();
    const Provider *provider = findProvider(found.provider);
    if (!m_model.isEmpty() || !provider) {
        return;
    }
    const Target target{.endpoint
        = {.url = found.url, .provider = found.provider, .server = found.description.server}};
    if (provider->encode(target, {.messages = {{.role = Role::User, .content = u"Hello"_s}}})) {
        return; // it is content without
    }
    for (const ModelInfo &model : found.description.models) {
        if (std::ranges::find(found.description.adapters, model.id, &AdapterInfo::id)
            == found.description.adapters.end()) {
            m_model = model.id;
            return;
        }
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

void EndpointEditor::trustCertificate()
{
    if (const std::optional<ShownCertificate> &shown = m_trial.certificate()) {
        m_network.pinTo(shown->fingerprint);
        test();
    }
}

QString EndpointEditor::localPath(const QUrl &file) const { return file.toLocalFile(); }

} // namespace Lorikeet
