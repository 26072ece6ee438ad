// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/lengthdistribution.h"

#include <QString>
#include <QStringView>

#include <optional>

namespace Lorikeet {

enum class LoadMetric;
struct LoadPlan;

/// What the requests of a load test have the model do. All but chats are answered whole and without
/// a token: of their times only those to the end of the answer are there.
struct LoadTask
{
    enum class Kind {
        Chat,
        Embeddings, ///< vectors of texts
        Rerank, ///< documents put in order by a query
    };

    Kind kind = Kind::Chat;
    int batch = 1; ///< Embeddings: texts of a request
    int documents = 10; ///< Rerank: of a request, where its record does not bring them
    LengthDistribution query = LengthDistribution::fixed(32); ///< Rerank: tokens of a made-up one

    [[nodiscard]] bool isChat() const { return kind == Kind::Chat; }

    /// Texts or documents of a request; 0: a chat.
    [[nodiscard]] int items() const;

    friend bool operator==(const LoadTask &, const LoadTask &) = default;
};

/// "chat", "embeddings", "rerank".
[[nodiscard]] QString toWord(LoadTask::Kind kind);
[[nodiscard]] std::optional<LoadTask::Kind> loadTaskFromWord(QStringView word);
/// How its items are called: "texts", "documents"; of a chat empty.
[[nodiscard]] QString itemsName(LoadTask::Kind kind);

/// Whether its requests have this time.
[[nodiscard]] bool hasMetric(LoadTask::Kind kind, LoadMetric metric);

/// What makes it unusable, in a sentence; empty: nothing.
[[nodiscard]] QString problemOf(const LoadTask &task);
/// The same of a plan for it: one that holds its answers to times they do not have.
[[nodiscard]] QString problemOf(const LoadPlan &plan, LoadTask::Kind kind);

} // namespace Lorikeet
