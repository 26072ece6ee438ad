// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "load/lengthdistribution.h"
#include "load/loadtask.h"
#include "model/adapter.h"
#include "model/parameters.h"
#include "templates/prompttemplate.h"

#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>

namespace Lorikeet {

/// Lengths of prompts and of answers that go together.
struct LengthPair
{
    double weight = 1; ///< against the other pairs'
    /// Of the whole prompt of a first turn, template and system prompt included; of a later turn,
    /// of what is said in it.
    LengthDistribution input = LengthDistribution::fixed(512);
    std::optional<LengthDistribution> output = {}; ///< the limit that is sent; nothing: none

    friend bool operator==(const LengthPair &, const LengthPair &) = default;
};

/// What synthetic prompts have in common, for servers that keep what they have read.
struct SharedPrefix
{
    double share = 0; ///< of the conversations that begin with one; 0 to 1
    qint64 tokens = 0; ///< of its length, which is a part of the prompt's
    /// Instead of tokens: which part of each prompt it is, 0 to 1. Times the share this is the hit
    /// rate of a server that keeps everything.
    std::optional<double> part;
    int count = 1; ///< how many different ones there are

    [[nodiscard]] bool isNone() const { return share <= 0; }

    friend bool operator==(const SharedPrefix &, const SharedPrefix &) = default;
};

/// How long a user thinks before a request, once the answer before it is there.
struct ThinkTime
{
    enum class Kind { Fixed, Exponential };

    Kind kind = Kind::Fixed;
    Nanoseconds mean{};

    [[nodiscard]] Nanoseconds draw(Random &random) const;

    friend bool operator==(const ThinkTime &, const ThinkTime &) = default;
};

/// One of those who are asked. The base model is one whose adapter is none.
struct MixChoice
{
    QString name; ///< for display; empty: see label()
    QString model; ///< empty: LoadWorkload::model
    AdapterChoice adapter;
    double weight = 1; ///< for Mode::Weights

    [[nodiscard]] QString label() const;

    friend bool operator==(const MixChoice &, const MixChoice &) = default;
};

/// Who is asked how often. Empty: LoadWorkload's model and adapter alone.
struct AdapterMix
{
    enum class Mode {
        Weights,
        Zipf, ///< the first the most; the n-th as often as 1/n^exponent
        RoundRobin, ///< one after the other
    };

    Mode mode = Mode::Weights;
    double exponent = 1; ///< of Zipf
    bool sticky = true; ///< a conversation stays with one; else each of its turns is another draw
    QList<MixChoice> choices;

    /// How often each is asked, of all together 1.
    [[nodiscard]] QList<double> shares() const;
    /// What each is called: no two the same, so that figures of several runs can be joined by them.
    /// Those of one label have their model before it, and what is still the same a number behind.
    [[nodiscard]] QStringList labels() const;

    friend bool operator==(const AdapterMix &, const AdapterMix &) = default;
};

/// What a load test asks. A value; LoadSource makes requests of it.
struct LoadWorkload
{
    enum class Kind {
        Synthetic, ///< text of given lengths
        File, ///< prompts and conversations of a file
        Template, ///< a template, filled in by the rows of a file
        Trace, ///< the times and lengths of a file, with synthetic text
        Bodies, ///< bodies of requests, as they are
    };

    Kind kind = Kind::Synthetic;
    LoadTask task; ///< all but chats are Synthetic or of a File

    /// Input of Synthetic alone, of each text or document where there are several; output of all
    /// chats but Trace, over which what a record of the file says
    /// of its own goes first. One is drawn for each request. May be empty but for Synthetic.
    QList<LengthPair> lengths{LengthPair{.output = LengthDistribution::fixed(128)}};
    SharedPrefix prefix; ///< Synthetic
    /// How many turns a conversation has. Nothing: as many as its record in a file, else one.
    std::optional<LengthDistribution> turns;
    ThinkTime thinking;

    QString file; ///< a path; of all but Synthetic, and of a Template without variables
    bool shuffled
        = false; ///< its records in an order by the seed, another each time round; not Trace
    bool cycles = false; ///< begin again at its end, else the load ends
    /// File, Template: a different text of so many words is put before each prompt, so that no
    /// server knows its beginning from an earlier run or round.
    int uniqueWords = 0;
    PromptTemplate prompt; ///< Template

    // Trace.
    double speed = 1; ///< how much faster than recorded
    Nanoseconds timeUnit = Milliseconds(1); ///< of times that are numbers
    int blockTokens = 512; ///< of what one of its hash_ids stands for

    // Common to all requests.
    QString model; ///< empty: the endpoint's
    AdapterChoice adapter;
    QString systemPrompt; ///< empty: none; a record's own goes first
    ParameterSet parameters;
    QJsonObject extraBody;
    bool ignoresEnd = false; ///< answers go on to their limit, where the server has a way to ask
    bool stream = true;
    AdapterMix mix; ///< goes over model and adapter, also those of records

    friend bool operator==(const LoadWorkload &, const LoadWorkload &) = default;
};

/// What makes it unusable, in a sentence; empty: nothing. Files are not looked at.
[[nodiscard]] QString problemOf(const LoadWorkload &workload);

/// What the server calls going on after the end of the text; empty: it cannot be asked to.
[[nodiscard]] QString ignoreEndName(const ParameterSpecs &specs);

/// Sentences a person should know before the start: what this server cannot be asked for, and where
/// prompts are asked twice.
[[nodiscard]] QStringList notesOf(const LoadWorkload &workload, const ParameterSpecs &specs);

/// Without what has its default, and without the token of an adapter, which is a secret.
[[nodiscard]] QJsonObject toJson(const LoadWorkload &workload);
/// Fails with one sentence for the first member that is wrong, or that there is none of, and where
/// problemOf() has something to say.
[[nodiscard]] Result<LoadWorkload> loadWorkloadFrom(const QJsonObject &object);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::LoadWorkload)
