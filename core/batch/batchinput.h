// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/chatrequest.h"
#include "templates/prompttemplate.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <functional>
#include <optional>

class QIODevice;

namespace Lorikeet {

/// One line of a batch.
struct BatchItem
{
    qint64 index = 0; ///< among the lines of the input that are not blank, from 0
    QString id; ///< the caller's own ("id", "custom_id"); empty if it gave none
    Result<ChatRequest> request; ///< or what is wrong with the line, in one sentence
    /// A digest of all that decides the answer. Resuming tells by it whether what was asked before
    /// is what is asked now. Never of a key.
    QByteArray key;
};

/// What an object asks that is a line of a batch (see BatchInput), over the `defaults`.
[[nodiscard]] Result<ChatRequest> batchRequest(
    const QJsonObject &line, const ChatRequest &defaults);

/// A digest of all in a request that decides its answer; the same for equal ones, in every run.
[[nodiscard]] QByteArray requestKey(const ChatRequest &request);

/// Reads what a batch asks, a line at a time, so that a file larger than the memory does. A line is
///
/// - a JSON text: the prompt;
/// - an object with "prompt" or "messages", and as one likes "id", "system", "model", "adapter" (an
///   id, or an object with "id", "source" and "scales"), "parameters", "extra_body";
/// - a line of OpenAI's batch files: an object with "custom_id" and "body".
///
/// Over what is common to all lines, which comes with `defaults`, a line's own goes first;
/// parameters are joined one by one. A line that is none of these costs only itself.
class BatchInput final
{
public:
    /// How the lines are written.
    enum class Format {
        JsonLines,
        Text, ///< every line is a prompt
        Variables, ///< objects with the values of a template's variables, and "id" if it has none
    };

    /// What a template makes of the values of a line. Its system message goes over the common one,
    /// its parameters do not go over those.
    using Fill = std::function<Result<RenderedPrompt>(const QJsonObject &values)>;

    /// `device` is open for reading and outlives this. `defaults.messages` stand before those of
    /// each line, unless a line has a system message of its own.
    BatchInput(QIODevice &device, Format format, ChatRequest defaults);
    /// Of Format::Variables.
    BatchInput(QIODevice &device, Fill fill, ChatRequest defaults);

    /// Nothing once all lines were read.
    [[nodiscard]] std::optional<BatchItem> next();

private:
    [[nodiscard]] Result<ChatRequest> fillIn(QJsonObject values, QString &id) const;
    [[nodiscard]] Result<ChatRequest> read(QByteArrayView line, QString &id) const;

    QIODevice &m_device;
    Format m_format;
    Fill m_fill;
    ChatRequest m_defaults;
    qint64 m_index = 0;
};

} // namespace Lorikeet
