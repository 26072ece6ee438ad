// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatnode.h"
#include "timeline/documentbuilder.h"

#include <QCoreApplication>

namespace Lorikeet {

struct PassRate;
struct TimelineEntry;

/// The words of the lines around an answer.
class MetricsLine final
{
    Q_DECLARE_TR_FUNCTIONS(MetricsLine)

public:
    /// What is shown below an answer; what is not known is left out.
    [[nodiscard]] static QList<DocumentBuilder::Metric> of(const ChatNode &node);
    /// The same, with what its versions show together.
    [[nodiscard]] static QList<DocumentBuilder::Metric> of(const TimelineEntry &entry);
    /// "7 of 9, 77.8 % (45.3–93.7)"; empty: nothing was checked.
    [[nodiscard]] static QString passRate(const PassRate &rate);
    [[nodiscard]] static QString passRateDefinition();
    /// "Thought for 4.1 s · 312 tokens", or "Thinking…".
    [[nodiscard]] static QString reasoning(const ChatNode &node);
    /// "llama-3.1-8b · r16": what stands muted beside the name.
    [[nodiscard]] static QString facts(const ChatNode &node);
    [[nodiscard]] static QString name(const ChatNode &node);
    /// Why an answer has no end, for Stopped and Interrupted.
    [[nodiscard]] static QString notice(const ChatNode &node);
    /// In what way it does not keep to its schema, before the list of where.
    [[nodiscard]] static QString faults(const ChatNode &node);
    /// "Command, exit code 0 · 3 lines on stderr".
    [[nodiscard]] static QString aside(const ToolRecord &record);
    /// "182 ms", "3.1 s", "2 min 5 s".
    [[nodiscard]] static QString duration(Nanoseconds time);
    /// What TimeShares::server and TimeShares::difference are, in a sentence.
    [[nodiscard]] static QString serverDefinition();
    [[nodiscard]] static QString differenceDefinition();

private:
    [[nodiscard]] static QString serverParts(const ServerTiming &timing);
};

} // namespace Lorikeet
