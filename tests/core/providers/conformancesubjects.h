// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

// What the table of conformance is about: servers in a dialect each, and what is tried with them.

namespace Lorikeet {

enum class Feature {
    Stream,
    Whole,
    Tools,
    Schema,
    Logprobs,
    Reasoning,
    Usage,
    Cancel,
    Errors,
    Adapters,
};

constexpr int featureCount = int(Feature::Adapters) + 1;

struct FeatureText
{
    Feature feature;
    const char *title;
    const char *trial; ///< a sentence: what must be seen for a yes
};

[[nodiscard]] const QList<FeatureText> &features();

/// One server, asked in one dialect: a row. What asks it for something is JSON in its own words;
/// empty where the dialect has no word for it.
struct Subject
{
    const char *title;
    const char *as; ///< which server the simulator is
    const char *typed; ///< the path of the address a person types
    const char *provider; ///< the dialect that must come of it
    const char *limit; ///< the parameter that limits an answer
    QByteArray tools = {};
    QByteArray schema = {};
    QByteArray logprobs = {};
    QByteArray reasoning = {};
    /// What the names of its recorded answers begin with, where the dialect is not its alone.
    const char *recorded = "";
};

[[nodiscard]] const QList<Subject> &subjects();

/// Why a cell is no yes.
struct Lack
{
    enum class Kind {
        None, ///< the server has it not
        NotOurs, ///< the server has it, and Lorikeet does not use it
    };
    const char *title; ///< of the subject
    Feature feature;
    Kind kind;
    const char *reason; ///< without a full stop
};

[[nodiscard]] const QList<Lack> &lacks();

} // namespace Lorikeet
