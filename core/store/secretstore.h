// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "model/endpoint.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QString>
#include <QUuid>

namespace Lorikeet {

/// The endpoints' keys, and the passphrases of their client keys: in the system's keychain (service
/// "lorikeet", entries "endpoint/<uuid>" and "endpoint/<uuid>/client-key"), in the environment, or,
/// where the system has no usable keychain or the person does not open it, in memory for as long as
/// the program runs. Never in a file of ours.
///
/// Lives in the main thread and needs its event loop. A keychain that is locked asks the person,
/// so an answer may take as long as a person does.
class SecretStore final : public QObject
{
    Q_OBJECT

public:
    enum class Backend {
        Unknown, ///< not asked yet
        Keychain,
        Locked, ///< there is a keychain, but it stayed locked when it was last asked
        Session, ///< no usable keychain: keys live in memory
    };

    /// What of an endpoint is kept.
    enum class What {
        Key, ///< Endpoint::key says where
        ClientKeyPassphrase, ///< TlsTrust::clientKeyPassphrase does
        AdapterToken, ///< Endpoint::adapterToken does
        Cookie, ///< Endpoint::cookie does
    };

    explicit SecretStore(QObject *parent = nullptr);

    [[nodiscard]] Backend backend() const { return m_backend; }

    /// One sentence about where keys are kept, with the reason where that is not the keychain.
    [[nodiscard]] QString backendMessage() const;

    /// Keeps a secret and tells where: the reference belongs into the endpoint.
    [[nodiscard]] QFuture<Result<KeyReference>> write(
        QUuid endpoint, const Secret &secret, What what = What::Key);
    [[nodiscard]] QFuture<Result<Secret>> read(const Endpoint &endpoint, What what = What::Key);
    /// Forgets a secret, wherever it is. It is no error if there is none.
    [[nodiscard]] QFuture<Result<>> remove(QUuid endpoint, What what = What::Key);

    /// The endpoint with its secrets, and with `${NAME}` in its headers replaced from the
    /// environment.
    [[nodiscard]] QFuture<Result<Target>> resolve(const Endpoint &endpoint);

Q_SIGNALS:
    void backendChanged();

private:
    [[nodiscard]] QFuture<Result<Secret>> readKeychain(const Endpoint &endpoint, What what);
    /// The target with what is missing of its secrets, from the `next` kind on.
    [[nodiscard]] QFuture<Result<Target>> lookUp(const Target &target, size_t next);
    void setBackend(Backend backend, const QString &reason);

    Backend m_backend = Backend::Unknown;
    QString m_reason; ///< why there is no keychain
    QHash<QString, Secret> m_session; ///< by entry
};

/// The headers with `${NAME}` in their values replaced from the environment.
[[nodiscard]] Result<Headers> expandVariables(Headers headers);

/// What of an endpoint says where that secret is.
[[nodiscard]] const KeyReference &placeOf(const Endpoint &endpoint, SecretStore::What what);
[[nodiscard]] KeyReference &placeOf(Endpoint &endpoint, SecretStore::What what);

/// The target with one more secret in its place.
[[nodiscard]] Target withSecret(Target target, const Secret &secret, SecretStore::What what);

} // namespace Lorikeet
