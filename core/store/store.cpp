// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/store.h"

#include "store/opendatabase.h"

#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Lorikeet {

Store::Store(const QString &path)
    : m_path(path)
    , m_conversations(m_database)
    , m_comparisons(m_database)
    , m_schemas(m_database)
    , m_endpoints(m_database)
    , m_templates(m_database)
{ }

QString Store::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
        + u"/lorikeet.db"_s;
}

QFuture<Result<StoreReport>> Store::open()
{
    const auto report = std::make_shared<StoreReport>();
    return m_database.open([path = m_path, report] { return OpenDatabase::open(path, *report); })
        .then([report](const Result<> &opened) -> Result<StoreReport> {
            return opened.map([&report] { return *report; });
        });
}

} // namespace Lorikeet
