// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "model/adapter.h"
#include "model/streamevent.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

namespace Lorikeet {

// What models do besides writing: turning texts into vectors, ordering documents, naming classes.

/// What all tasks have in common.
struct TaskOptions
{
    QString model; ///< empty: what the server has, or the endpoint's
    AdapterChoice adapter; ///< LoRAX alone
    QJsonObject extraBody; ///< merged into the body last
};

/// What all answers to tasks tell besides their results.
struct TaskReport
{
    QString model; ///< as the server calls it; empty if it does not say
    Usage usage; ///< of all requests together
    Nanoseconds latency{}; ///< of all requests, one after the other
    int requests = 0; ///< how many it took
};

struct EmbedRequest
{
    TaskOptions options;
    QStringList inputs;
    std::optional<int> dimensions; ///< where the model can shorten its vectors
    bool sparse = false; ///< weights of tokens instead of a dense vector
};

struct EmbedReply
{
    /// A token, by its number or its text as the server has it, and its weight.
    using SparseVector = QList<std::pair<QString, float>>;

    QList<QList<float>> vectors; ///< one for each input, in their order; empty for sparse ones
    QList<SparseVector> sparse; ///< likewise
    TaskReport report;
};

struct RerankRequest
{
    TaskOptions options;
    QString query;
    QStringList documents;
    std::optional<int> top; ///< only so many of the best
    bool scores = false; ///< vLLM's /score instead of /rerank: for models that compare pairs
};

struct RerankReply
{
    struct Rank
    {
        int index = 0; ///< of the document as asked
        double score = 0;
        friend bool operator==(const Rank &, const Rank &) = default;
    };

    QList<Rank> ranks; ///< best first; equal scores in the order of the documents
    TaskReport report;
};

struct ClassifyRequest
{
    TaskOptions options;
    QStringList inputs;
};

struct ClassifyReply
{
    struct Label
    {
        QString name;
        double score = 0;
        QString text; ///< the part that is labelled, for models that label parts
        std::optional<int> start; ///< of that part, in characters as the server counts them
        std::optional<int> end;
        friend bool operator==(const Label &, const Label &) = default;
    };

    QList<QList<Label>> labels; ///< for each input
    TaskReport report;
};

} // namespace Lorikeet
