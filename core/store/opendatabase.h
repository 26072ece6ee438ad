// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/connection.h"
#include "store/runlock.h"
#include "store/storereport.h"

#include <memory>

namespace Lorikeet {

/// The database's file, opened, of the present schema, and with this program's lock beside it.
/// Belongs to the thread that opened it.
class OpenDatabase final
{
public:
    explicit OpenDatabase(const QString &path)
        : m_lock(path)
        , m_connection(path)
    { }

    /// Opens or makes the file, migrates it, marks answers whose program is gone as interrupted,
    /// and purges what was removed an hour ago or more. A damaged file is kept aside and a new
    /// one begun, which the report then says.
    [[nodiscard]] static Result<std::shared_ptr<OpenDatabase>> open(
        const QString &path, StoreReport &report);

    [[nodiscard]] const Connection &connection() const { return m_connection; }

    /// What marks a node as being streamed into by this program.
    [[nodiscard]] const QString &owner() const { return m_lock.id(); }

private:
    [[nodiscard]] Result<> prepare(StoreReport &report);
    [[nodiscard]] Result<> markInterrupted(StoreReport &report) const;
    [[nodiscard]] Result<> purge() const;

    RunLock m_lock;
    Connection m_connection; ///< closed before the lock is let go
};

} // namespace Lorikeet
