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

/// The endpoints' keys: in the system's keychain (service "lorikeet", entry "endpoint/<uuid>"), in
/// the environment, or, where the system has no usable keychain or the person does not open it, in
/// memory for as long as the program runs. Never in a file of ours.
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

    explicit SecretStore(QObject *parent = nullptr);

    [[nodiscard]] Backend backend() const { return m_backend; }

    /// One sentence about where keys are kept, with the reason where that is not the keychain.
    [[nodiscard]] QString backendMessage() const;

    /// Keeps a key and tells where: the reference belongs into the endpoint.
    [[nodiscard]] QFuture<Result<KeyReference>> write(QUuid endpoint, const Secret &secret);
    [[nodiscard]] QFuture<Result<Secret>> read(const Endpoint &endpoint);
    /// Forgets a key, wherever it is. It is no error if there is none.
    [[nodiscard]] QFuture<Result<>> remove(QUuid endpoint);

    /// The endpoint with its key, and with `${NAME}` in its headers replaced from the environment.
    [[nodiscard]] QFuture<Result<Target>> resolve(const Endpoint &endpoint);

Q_SIGNALS:
    void backendChanged();

private:
    [[nodiscard]] QFuture<Result<Secret>> readKeychain(const Endpoint &endpoint);
    void setBackend(Backend backend, const QString &reason);

    Backend m_backend = Backend::Unknown;
    QString m_reason; ///< why there is no keychain
    QHash<QUuid, Secret> m_session;
};

} // namespace Lorikeet
