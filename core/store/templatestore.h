// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "templates/prompttemplate.h"

#include <QDateTime>
#include <QFuture>
#include <QList>

#include <optional>

namespace Lorikeet {

class Database;

/// One version of a template.
struct StoredTemplate
{
    PromptTemplate prompt;
    int version = 0; ///< from 1
    QDateTime created; ///< UTC

    friend bool operator==(const StoredTemplate &, const StoredTemplate &) = default;
};

/// The library of prompt templates. Templates are told apart by their names. Callable from every
/// thread; calls are carried out in the order they were made.
class TemplateStore final
{
public:
    /// `database` must outlive this.
    explicit TemplateStore(Database &database)
        : m_database(database)
    { }

    /// The newest version of each, by name.
    [[nodiscard]] QFuture<Result<QList<StoredTemplate>>> list() const;

    /// All versions of one, the newest first; fails with Kind::NotFound where there is none.
    [[nodiscard]] QFuture<Result<QList<StoredTemplate>>> versions(const QString &name) const;

    /// The newest, or the one with that number.
    [[nodiscard]] QFuture<Result<StoredTemplate>> load(
        const QString &name, std::optional<int> version = {}) const;

    /// Adds a version, unless the newest is the same already. Gives its number. The name must not
    /// be empty.
    [[nodiscard]] QFuture<Result<int>> save(const PromptTemplate &prompt) const;

    /// All its versions. It can be restored while the program runs, unless one of that name was
    /// saved since, and is purged at a later start.
    [[nodiscard]] QFuture<Result<>> remove(const QString &name) const;
    [[nodiscard]] QFuture<Result<>> restore(const QString &name) const;

private:
    Database &m_database;
};

} // namespace Lorikeet
