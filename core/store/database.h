// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QFuture>
#include <QPromise>
#include <QString>
#include <QThread>

#include <functional>
#include <memory>
#include <type_traits>

namespace Lorikeet {

class OpenDatabase;

/// The one thread that has the database open. Work is handed to it as functions, carried out in
/// the order it came; answers are futures. Callable from every thread.
class Database final
{
public:
    /// Opens the file; run in the database's thread.
    using Opener = std::function<Result<std::shared_ptr<OpenDatabase>>()>;

    Database();
    Q_DISABLE_COPY_MOVE(Database)
    /// Carries out all that was asked for, closes the file and ends the thread.
    ~Database();

    /// Until it has been called and has succeeded, work fails with the reason.
    [[nodiscard]] QFuture<Result<>> open(Opener opener);

    /// `work` is a function from `OpenDatabase &` to Result<T>; it may not keep the reference.
    /// Without an open file it is not called, and the result is why.
    template<typename Work>
    [[nodiscard]] auto run(Work work) -> QFuture<std::invoke_result_t<Work, OpenDatabase &>>
    {
        using Answer = std::invoke_result_t<Work, OpenDatabase &>;
        const auto promise = std::make_shared<QPromise<Answer>>();
        promise->start();
        post([promise, work = std::move(work)](const Result<std::shared_ptr<OpenDatabase>> &state) {
            promise->addResult(state ? work(**state) : Answer(Failure(state.error())));
            promise->finish();
        });
        return promise->future();
    }

private:
    struct Worker;
    using Job = std::function<void(const Result<std::shared_ptr<OpenDatabase>> &)>;

    void post(Job job);

    QThread m_thread;
    std::unique_ptr<Worker> m_worker; ///< its members belong to m_thread
};

} // namespace Lorikeet
