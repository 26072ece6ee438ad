// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/workloadsource.h"

#include "base/invalidrequest.h"
#include "load/promptsource.h"
#include "load/syntheticprompt.h"

#include <algorithm>

namespace Lorikeet {

namespace {

/// Text of given lengths.
class SyntheticSource final : public PromptSource
{
public:
    using PromptSource::PromptSource;

    [[nodiscard]] std::optional<qint64> count() const override { return std::nullopt; }

protected:
    [[nodiscard]] Result<OwnPrompt> own(qint64 conversation, int turn) const override
    {
        OwnPrompt own{.request = common()};
        if (const auto &turns = workload().turns) {
            Random drawn = random(Draw::Turns, conversation);
            own.turns = int(turns->draw(drawn));
        }
        Random lengths = random(Draw::Input, conversation, turn);
        const qint64 tokens = pair(conversation, turn)->input.draw(lengths);
        if (turn > 0) {
            own.request.messages.clear(); // what the system says is said
        } else {
            own.inputTokens = tokens;
        }
        own.request.messages.append(
            {.role = Role::User, .content = text(conversation, turn, double(tokens))});
        return own;
    }

private:
    /// Of the shared beginning of a prompt; 0: it has none.
    [[nodiscard]] double sharedTokens(double tokens) const
    {
        const SharedPrefix &prefix = workload().prefix;
        // What comes before the text is the same for all, and so a part of what they share.
        return prefix.part ? *prefix.part * tokens - calibration().fixedTokens
                           : double(prefix.tokens);
    }

    [[nodiscard]] QString text(qint64 conversation, int turn, double tokens) const
    {
        const double wanted = turn == 0 ? calibration().textTokens(tokens) : tokens;
        QString text;
        double done = 0;
        const SharedPrefix &prefix = workload().prefix;
        Random drawn = random(Draw::Prefix, conversation);
        if (turn == 0 && drawn.chance(prefix.share)) {
            const auto which = qint64(drawn.below(prefix.count));
            // Its last words are its own, so that no two prompts are the same.
            const double own = uniqueWords * calibration().tokensPerWord;
            const double shared = std::min(sharedTokens(tokens), wanted - own);
            if (shared >= calibration().tokensPerWord) {
                done = SyntheticText(key(Draw::PrefixText, which))
                           .append(text, shared, calibration());
            }
        }
        SyntheticText(key(Draw::Text, conversation, turn))
            .append(text, wanted - done, calibration());
        return text;
    }

    static constexpr int uniqueWords = 4;
};

SourceResult makeSource(const LoadWorkload &workload, quint64 seed,
    const TokenCalibration &calibration, const ParameterSpecs &specs)
{
    if (!workload.task.isChat()) {
        return makeTaskSource(workload, seed, calibration, specs);
    }
    switch (workload.kind) {
    case LoadWorkload::Kind::Synthetic:
        return std::make_shared<SyntheticSource>(workload, seed, calibration, specs);
    case LoadWorkload::Kind::Trace:
        return makeTraceSource(workload, seed, calibration, specs);
    case LoadWorkload::Kind::File:
    case LoadWorkload::Kind::Template:
    case LoadWorkload::Kind::Bodies:
        return makeFileSource(workload, seed, calibration, specs);
    }
    Q_UNREACHABLE_RETURN(SourceResult());
}

} // namespace

Result<std::shared_ptr<const LoadSource>> makeLoadSource(const LoadWorkload &workload, quint64 seed,
    const TokenCalibration &calibration, const ParameterSpecs &specs)
{
    if (const QString problem = problemOf(workload); !problem.isEmpty()) {
        return invalidRequest(problem);
    }
    SourceResult source = makeSource(workload, seed, calibration, specs);
    if (source) {
        if (const Result<LoadRequest> first = (*source)->request(0, 0, {}); !first) {
            return Failure(first.error());
        }
    }
    return source;
}

} // namespace Lorikeet
