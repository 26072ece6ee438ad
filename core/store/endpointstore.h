// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/description.h"
#include "model/endpoint.h"

#include <QFuture>
#include <QHash>
#include <QList>
#include <QUuid>

#include <optional>

namespace Lorikeet {

class Database;

/// The endpoints a person configured. Callable from every thread; calls are carried out in the
/// order they were made. No key is ever written here: see SecretStore.
class EndpointStore final
{
public:
    /// `database` must outlive this.
    explicit EndpointStore(Database &database)
        : m_database(database)
    { }

    /// In the order they were added.
    [[nodiscard]] QFuture<Result<QList<Endpoint>>> list() const;

    /// Adds the endpoint, or replaces the one of the same id. Refused (InvalidRequest) where it
    /// would put a key into the database; see secretInPlainText().
    [[nodiscard]] QFuture<Result<>> save(const Endpoint &endpoint) const;
    [[nodiscard]] QFuture<Result<>> remove(QUuid id) const;

    /// What each endpoint showed when it last answered; those that never did are missing.
    [[nodiscard]] QFuture<Result<QHash<QUuid, EndpointFinding>>> findings() const;
    /// Kept until the endpoint is saved anew, which may lead elsewhere. Without an endpoint of
    /// that id, nothing is kept.
    [[nodiscard]] QFuture<Result<>> keepFinding(QUuid id, const EndpointFinding &finding) const;
    /// Endpoint::learntNames, and nothing else of it. Without an endpoint of that id, nothing is
    /// kept.
    [[nodiscard]] QFuture<Result<>> keepLearntNames(QUuid id, const QList<LearntName> &names) const;

private:
    Database &m_database;
};

/// A header that carries a key or a cookie, not as `${NAME}` but as it is.
[[nodiscard]] bool isPlainSecret(const Header &header);

/// What of an endpoint would be a secret in plain text, as a sentence that says where to put it;
/// nothing if all is well. Concerns passwords in its URLs and the values of headers that carry
/// keys, which may name an environment variable instead: `Bearer ${TOKEN}`.
[[nodiscard]] std::optional<QString> secretInPlainText(const Endpoint &endpoint);

} // namespace Lorikeet
