// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <span>

namespace Lorikeet {

class Connection;

/// A step from the version before to `version`. What it does is never changed once a release has
/// it: people have databases made by it.
struct Migration
{
    int version;
    Result<> (*apply)(const Connection &);
};

/// In ascending order, without gaps, from version 2 on.
[[nodiscard]] std::span<const Migration> migrations();

/// The version this program reads and writes.
[[nodiscard]] int schemaVersion();

/// Makes all tables of schemaVersion() in an empty file. The same schema must come out of every
/// older one by migrations(); a test compares them.
[[nodiscard]] Result<> createSchema(const Connection &connection);

/// Brings an open file to schemaVersion(), in one transaction. A file of a newer version, or of
/// another program, is refused and not touched. True: the file was empty before.
[[nodiscard]] Result<bool> prepareSchema(const Connection &connection);

} // namespace Lorikeet
