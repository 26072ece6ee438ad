// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "store/comparisonstore.h"
#include "store/conversationstore.h"
#include "store/database.h"
#include "store/endpointstore.h"
#include "store/schemalibrary.h"
#include "store/storereport.h"
#include "store/templatestore.h"

#include <QFuture>
#include <QString>

namespace Lorikeet {

/// The program's database: one SQLite file, which several programs may have open at once. Destroy
/// it after everything that uses it; what was asked before is then written, and the file closed.
class Store final
{
public:
    /// Nothing is touched before open().
    explicit Store(const QString &path);

    /// Under QStandardPaths::AppLocalDataLocation.
    [[nodiscard]] static QString defaultPath();

    /// Opens or makes the database and brings it up to date. Call it once, first. Where it fails
    /// (the error says why and what to do) every later call fails with the same error.
    [[nodiscard]] QFuture<Result<StoreReport>> open();

    [[nodiscard]] ConversationStore &conversations() { return m_conversations; }

    [[nodiscard]] ComparisonStore &comparisons() { return m_comparisons; }

    [[nodiscard]] SchemaLibrary &schemas() { return m_schemas; }

    [[nodiscard]] EndpointStore &endpoints() { return m_endpoints; }

    [[nodiscard]] TemplateStore &templates() { return m_templates; }

    [[nodiscard]] Database &database() { return m_database; }

private:
    QString m_path;
    Database m_database;
    ConversationStore m_conversations;
    ComparisonStore m_comparisons;
    SchemaLibrary m_schemas;
    EndpointStore m_endpoints;
    TemplateStore m_templates;
};

} // namespace Lorikeet
