// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/database.h"

#include "store/opendatabase.h"

#include <QObject>

using namespace Qt::StringLiterals;

namespace Lorikeet {

struct Database::Worker
{
    QObject context; ///< functions posted to it run in the database's thread
    Result<std::shared_ptr<OpenDatabase>> state
        = fail(ApiError::Kind::Storage, u"The database is not open."_s);
};

Database::Database()
    : m_worker(std::make_unique<Worker>())
{
    m_thread.setObjectName(u"lorikeet-db"_s);
    m_worker->context.moveToThread(&m_thread);
    m_thread.start();
}

Database::~Database()
{
    // Posted behind everything else, and so run after it: quit() from here would overtake.
    QMetaObject::invokeMethod(&m_worker->context, [this] {
        m_worker->state = fail(ApiError::Kind::Storage, u"The database is closed."_s);
        m_thread.quit();
    });
    m_thread.wait();
}

QFuture<Result<>> Database::open(Opener opener)
{
    const auto promise = std::make_shared<QPromise<Result<>>>();
    promise->start();
    QMetaObject::invokeMethod(
        &m_worker->context, [worker = m_worker.get(), promise, opener = std::move(opener)] {
            worker->state = opener();
            promise->addResult(
                worker->state ? Result<>() : Result<>(Failure(worker->state.error())));
            promise->finish();
        });
    return promise->future();
}

void Database::post(Job job)
{
    QMetaObject::invokeMethod(&m_worker->context,
        [worker = m_worker.get(), job = std::move(job)] { job(worker->state); });
}

} // namespace Lorikeet
