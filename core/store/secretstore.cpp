// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/secretstore.h"

#include "base/environment.h"

#include <QPromise>

#include <qt6keychain/keychain.h>

#include <array>
#include <memory>
#include <type_traits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

const auto service = u"lorikeet"_s;

using What = SecretStore::What;

constexpr std::array allSecrets{
    What::Key, What::ClientKeyPassphrase, What::AdapterToken, What::Cookie};

QString entryOf(QUuid endpoint, What what)
{
    const QString entry = u"endpoint/"_s + endpoint.toString(QUuid::WithoutBraces);
    switch (what) {
    case What::Key:
        return entry;
    case What::ClientKeyPassphrase:
        return entry + u"/client-key"_s;
    case What::AdapterToken:
        return entry + u"/adapter-token"_s;
    case What::Cookie:
        return entry + u"/cookie"_s;
    }
    Q_UNREACHABLE_RETURN(entry);
}

/// Of a constant endpoint a constant place.
template<typename E>
auto &placeIn(E &endpoint, What what)
{
    switch (what) {
    case What::Key:
        return endpoint.key;
    case What::ClientKeyPassphrase:
        return endpoint.tls.clientKeyPassphrase;
    case What::AdapterToken:
        return endpoint.adapterToken;
    case What::Cookie:
        return endpoint.cookie;
    }
    Q_UNREACHABLE_RETURN(endpoint.key);
}

/// For within a sentence.
QString nameOf(What what)
{
    switch (what) {
    case What::Key:
        return u"key"_s;
    case What::ClientKeyPassphrase:
        return u"client key's passphrase"_s;
    case What::AdapterToken:
        return u"token for private adapters"_s;
    case What::Cookie:
        return u"cookie"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

template<typename T>
QFuture<T> ready(T value)
{
    return QtFuture::makeReadyValueFuture(std::move(value));
}

Result<Secret> fromEnvironment(const Endpoint &endpoint, What what)
{
    const QString &name = placeOf(endpoint, what).name;
    const QString value = qEnvironmentVariable(name.toLocal8Bit()).trimmed();
    if (value.isEmpty()) {
        return fail(ApiError::Kind::InvalidRequest,
            u"The environment variable %1, which holds the %3 of “%2”, is not set; set it and "
            "start Lorikeet again."_s.arg(name, endpoint.name, nameOf(what)));
    }
    return Secret(value);
}

Result<Target> makeTarget(Target target)
{
    Result<Headers> headers = expandVariables(target.endpoint.headers);
    if (!headers) {
        return Failure(headers.error());
    }
    target.endpoint.headers = *std::move(headers);
    return target;
}

Failure missing(const Endpoint &endpoint, What what)
{
    return fail(ApiError::Kind::Unauthorized,
        u"No %2 is kept for “%1” any more; enter it again in the endpoint's settings."_s.arg(
            endpoint.name, nameOf(what)));
}

/// Secret Service says the same of an entry that is not there and of one that stays locked.
Failure notGiven(const Endpoint &endpoint, What what)
{
    return fail(ApiError::Kind::Unauthorized,
        u"The keychain gave no %2 for “%1”: it is locked, or holds none any more. Unlock it and "
        "try again, or enter the %2 again in the endpoint's settings."_s.arg(
            endpoint.name, nameOf(what)));
}

bool isRefusal(QKeychain::Error error)
{
    return error == QKeychain::AccessDeniedByUser || error == QKeychain::AccessDenied;
}

/// Why a keychain is of no use, as words for within a sentence. Never holds what was to be kept.
QString reasonOf(const QKeychain::Job &job)
{
    QString reason = job.errorString().trimmed();
    while (reason.endsWith(u'.')) {
        reason.chop(1);
    }
    return reason.isEmpty() ? u"it gave no reason"_s : reason;
}

/// Starts a job, which deletes itself; `done` is called in the thread of `context`.
template<typename Job, typename Done>
void start(Job *job, QObject *context, Done done)
{
    QObject::connect(job, &QKeychain::Job::finished, context,
        [job, done = std::move(done)](QKeychain::Job *) { done(*job); });
    job->start();
}

} // namespace

Result<Headers> expandVariables(Headers headers)
{
    for (Header &header : headers) {
        Result<QByteArray> value = expandVariables(
            header.value, u"the header %1"_s.arg(QString::fromLatin1(header.name)));
        if (!value) {
            return Failure(value.error());
        }
        header.value = *std::move(value);
    }
    return headers;
}

const KeyReference &placeOf(const Endpoint &endpoint, SecretStore::What what)
{
    return placeIn(endpoint, what);
}

KeyReference &placeOf(Endpoint &endpoint, SecretStore::What what)
{
    return placeIn(endpoint, what);
}

Target withSecret(Target target, const Secret &secret, SecretStore::What what)
{
    switch (what) {
    case What::Key:
        target.key = secret;
        break;
    case What::ClientKeyPassphrase:
        target.clientKeyPassphrase = secret;
        break;
    case What::AdapterToken:
        target.adapterToken = secret;
        break;
    case What::Cookie:
        if (!secret.isEmpty()) {
            target.endpoint.headers.removeIf([](const Header &header) {
                return header.name.compare("cookie", Qt::CaseInsensitive) == 0;
            });
            target.endpoint.headers.append({"Cookie", secret.reveal().toUtf8()});
        }
        break;
    }
    return target;
}

SecretStore::SecretStore(QObject *parent)
    : QObject(parent)
{ }

QString SecretStore::backendMessage() const
{
    switch (m_backend) {
    case Backend::Unknown:
        return u"Keys are kept in the system's keychain or, if it cannot be used, in memory until "
               "Lorikeet ends; never in a file of Lorikeet."_s;
    case Backend::Keychain:
        return u"Keys are kept in the system's keychain, never in a file of Lorikeet."_s;
    case Backend::Locked:
        return u"The system's keychain was not unlocked, so the key is kept in memory and "
               u"forgotten "
               "when Lorikeet ends; unlock the keychain and save the key again to keep it."_s;
    case Backend::Session:
        return u"This system has no usable keychain (%1), so keys are kept in memory and forgotten "
               "when Lorikeet ends; start one (GNOME Keyring, KWallet), or name an environment "
               "variable instead."_s.arg(m_reason);
    }
    Q_UNREACHABLE_RETURN(QString());
}

void SecretStore::setBackend(Backend backend, const QString &reason)
{
    if (m_backend != backend || m_reason != reason) {
        m_backend = backend;
        m_reason = reason;
        Q_EMIT backendChanged();
    }
}

QFuture<Result<KeyReference>> SecretStore::write(QUuid endpoint, const Secret &secret, What what)
{
    const QString entry = entryOf(endpoint, what);
    const auto promise = std::make_shared<QPromise<Result<KeyReference>>>();
    promise->start();
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setInsecureFallback(false);
    job->setKey(entry);
    job->setTextData(secret.reveal());
    start(job, this, [this, promise, entry, secret](const QKeychain::Job &done) {
        KeyReference reference{.kind = KeyReference::Kind::Keychain};
        if (done.error() == QKeychain::NoError) {
            m_session.remove(entry);
            setBackend(Backend::Keychain, {});
        } else {
            // Also where the person refused: the key they typed is not thrown away.
            m_session.insert(entry, secret);
            setBackend(
                isRefusal(done.error()) ? Backend::Locked : Backend::Session, reasonOf(done));
            reference.kind = KeyReference::Kind::Session;
        }
        promise->addResult(reference);
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<Secret>> SecretStore::read(const Endpoint &endpoint, What what)
{
    switch (placeOf(endpoint, what).kind) {
    case KeyReference::Kind::None:
        return ready(Result<Secret>());
    case KeyReference::Kind::Environment:
        return ready(fromEnvironment(endpoint, what));
    case KeyReference::Kind::Session:
    case KeyReference::Kind::Keychain:
        break;
    }
    const auto found = m_session.constFind(entryOf(endpoint.id, what));
    if (found != m_session.constEnd()) {
        return ready(Result<Secret>(*found));
    }
    if (placeOf(endpoint, what).kind == KeyReference::Kind::Session) {
        return ready(Result<Secret>(missing(endpoint, what)));
    }
    return readKeychain(endpoint, what);
}

QFuture<Result<Secret>> SecretStore::readKeychain(const Endpoint &endpoint, What what)
{
    const auto promise = std::make_shared<QPromise<Result<Secret>>>();
    promise->start();
    auto *job = new QKeychain::ReadPasswordJob(service);
    job->setInsecureFallback(false);
    job->setKey(entryOf(endpoint.id, what));
    start(job, this, [this, promise, endpoint, what](const QKeychain::ReadPasswordJob &done) {
        Result<Secret> result;
        switch (done.error()) {
        case QKeychain::NoError:
            setBackend(Backend::Keychain, {});
            result = Secret(done.textData());
            break;
        case QKeychain::EntryNotFound:
            setBackend(Backend::Keychain, {});
            result = notGiven(endpoint, what);
            break;
        case QKeychain::AccessDeniedByUser:
        case QKeychain::AccessDenied:
            setBackend(Backend::Locked, reasonOf(done));
            result = fail(ApiError::Kind::Storage,
                u"The keychain did not give out the %2 of “%1”; unlock it and try again."_s.arg(
                    endpoint.name, nameOf(what)));
            break;
        default:
            setBackend(Backend::Session, reasonOf(done));
            result = fail(ApiError::Kind::Storage,
                u"The %3 of “%1” cannot be read, since the system has no usable keychain (%2); "
                "start one, or enter the %3 again for this session."_s.arg(
                    endpoint.name, m_reason, nameOf(what)));
            break;
        }
        promise->addResult(std::move(result));
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<>> SecretStore::remove(QUuid endpoint, What what)
{
    m_session.remove(entryOf(endpoint, what));
    const auto promise = std::make_shared<QPromise<Result<>>>();
    promise->start();
    auto *job = new QKeychain::DeletePasswordJob(service);
    job->setInsecureFallback(false);
    job->setKey(entryOf(endpoint, what));
    start(job, this, [promise](const QKeychain::Job &done) {
        Result<> result;
        // Without a keychain there is nothing in it either.
        if (done.error() == QKeychain::CouldNotDeleteEntry || isRefusal(done.error())) {
            result = fail(ApiError::Kind::Storage,
                u"The keychain did not let go of the key; unlock it, or remove the entry "
                "lorikeet there by hand."_s);
        }
        promise->addResult(std::move(result));
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<Target>> SecretStore::resolve(const Endpoint &endpoint)
{
    const Result<Target> target = makeTarget({.endpoint = endpoint});
    return target ? lookUp(*target, 0) : ready(target);
}

QFuture<Result<Target>> SecretStore::lookUp(const Target &target, size_t next)
{
    if (next == allSecrets.size()) {
        return ready(Result<Target>(target));
    }
    return read(target.endpoint, allSecrets.at(next))
        .then(this,
            [this, target, next](const Result<Secret> &secret) {
                return secret ? lookUp(withSecret(target, *secret, allSecrets.at(next)), next + 1)
                              : ready(Result<Target>(Failure(secret.error())));
            })
        .unwrap();
}

} // namespace Lorikeet
