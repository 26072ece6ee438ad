// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadoptions.h"
#include "priceoption.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

QList<OptionHelp> loadOptions()
{
    return {
        {{u"profile"_s}, u"FILE"_s, u"A load test as JSON or TOML; options go over it."_s},
        {{u"concurrency"_s, u"c"_s}, u"N"_s,
            u"A closed loop: N users, each of whom asks again once it is answered, and rests, up "
            u"to "
            "a second, while nothing is. Default: 1."_s},
        {{u"rate"_s, u"r"_s}, u"R"_s,
            u"An open loop: R requests a second, whatever becomes of those before."_s},
        {{u"arrival"_s}, u"KIND"_s,
            u"How an open loop's requests follow each other: constant, poisson or gamma. Default: "
            "poisson."_s},
        {{u"burstiness"_s}, u"SHAPE"_s,
            u"Of gamma: below 1 in bursts, above more even than by chance. Default: 1."_s},
        {{u"duration"_s}, u"SECONDS"_s,
            u"How long; of a sweep each stage. Default: 30, or as long as --requests takes."_s},
        {{u"requests"_s}, u"N"_s, u"Ends once N conversations have begun."_s},
        {{u"warmup"_s}, u"SECONDS"_s, u"At the beginning, not part of the figures. Default: 0."_s},
        {{u"cooldown"_s}, u"SECONDS"_s, u"At the end, not part of the figures. Default: 0."_s},
        {{u"grace"_s}, u"SECONDS"_s,
            u"How long the last answers have to end before they are cancelled. Default: 30."_s},
        {{u"sweep"_s}, u"KIND"_s,
            u"Finds the limit: “users” (more and more of them) or “rate” (higher and higher), "
            u"until "
            "the server gives no more or breaks --slo."_s},
        {{u"sweep-from"_s}, u"LOAD"_s, u"Where a sweep begins. Default: 1."_s},
        {{u"sweep-to"_s}, u"LOAD"_s, u"What it does not go beyond. Default: 1024."_s},
        {{u"sweep-repeats"_s}, u"N"_s,
            u"How often at most the greatest load that held and the least that did not are run, "
            "until those left cannot change what most say. Default: 3."_s},
        {{u"input-tokens"_s}, u"LENGTH"_s,
            u"Of synthetic prompts: 512, 100-900 (each as likely), 500:100 (mean and standard "
            "deviation). Default: 512."_s},
        {{u"output-tokens"_s}, u"LENGTH"_s, u"The limit of answers, likewise. Default: 128."_s},
        {{u"task"_s}, u"TASK"_s,
            u"What is asked: chat, embeddings (vectors of texts) or rerank (documents put in order "
            "by a query). Default: chat."_s},
        {{u"batch"_s}, u"N"_s, u"Texts of a request (--task embeddings). Default: 1."_s},
        {{u"documents"_s}, u"N"_s, u"Documents of a request (--task rerank). Default: 10."_s},
        {{u"query-tokens"_s}, u"LENGTH"_s,
            u"Of the queries they are ranked by, as --input-tokens, which is then of each "
            u"document. "
            "Default: 32."_s},
        {{u"prompts"_s}, u"FILE"_s,
            u"Prompts or conversations instead: JSON lines, CSV, ShareGPT, OpenAI messages; texts "
            "to embed; queries with their documents."_s},
        {{u"trace"_s}, u"FILE"_s,
            u"Times and lengths of a recording (Mooncake's JSON lines) instead."_s},
        {{u"trace-speed"_s}, u"FACTOR"_s, u"How much faster than it was recorded. Default: 1."_s},
        {{u"adapters"_s}, u"NAME:WEIGHT,…"_s,
            u"A mix of adapters, and how often each is asked (default 1); “base” is the base model."_s},
        {{u"zipf"_s}, u"EXPONENT"_s,
            u"The mix goes by their order instead: the n-th as often as 1/n^EXPONENT."_s},
        {{u"ignore-eos"_s}, {},
            u"Answers go on to their limit, where the server can be asked to."_s},
        {{u"no-stream"_s}, {}, u"Asks for whole answers; there is no time to the first token."_s},
        {{u"seed"_s}, u"N"_s,
            u"The same seed, the same requests at the same times. Default: a new one each run, so "
            "that no prompt is in the server's cache."_s},
        {{u"threads"_s}, u"N"_s, u"Sending threads. Default: 1."_s},
        {{u"slo"_s}, u"LIMITS"_s,
            u"A service-level objective: ttft_p95=500ms,itl_p99=50ms,errors=1%. A run that misses "
            "it ends with 7."_s},
        {{u"until"_s}, u"GOALS"_s,
            u"Ends the run, but not before, once percentiles are known so well: ttft_p95=±5% or "
            "tpot_p50=2%,e2e_p95=5%. --duration is then the longest it may take; default: a day."_s},
        {{u"until-least"_s}, u"N"_s, u"Not before so many answers (--until)."_s},
        {{u"max-failures"_s}, u"PERCENT"_s,
            u"Ends the run once more of the last hundred requests failed, or all of the first "
            "twenty. Default: no limit."_s},
        {{u"max-concurrency"_s}, u"N"_s,
            u"A ceiling: never more at once; what an open loop would send waits. Default: 10000, "
            u"and "
            "256 at servers that are not of this network."_s},
        {{u"max-requests"_s}, u"N"_s,
            u"A ceiling: never more in all. Default: 1000000, and 10000 at servers that are not of "
            "this network."_s},
        {{u"max-cost"_s}, u"AMOUNT"_s,
            u"A ceiling: the run ends once it has cost that, as far as the server counts tokens; "
            "what is under way then may add to it. "
            "Default: none, and 10 at servers that are not of this network, where prices are "
            "known."_s},
        priceOption(u"What a million tokens cost, read and written; tells what the run will cost. "
                    "Default: what was entered in the window for this endpoint and model."_s),
        {{u"no-server-metrics"_s}, {},
            u"Does not read the server's metrics, which are otherwise looked for at /metrics and "
            "read once a second."_s},
        {{u"gpu-metrics"_s}, u"URL"_s,
            u"Reads what a GPU exporter (DCGM) tells there too; it gets no key."_s},
        {{u"shard"_s}, u"I/N"_s,
            u"Runs a part of the plan, for several machines together, with the same --seed; “lori "
            "load merge” joins their reports. auto/N: the one that a Job of Kubernetes gave this pod."_s},
    };
}

} // namespace Lorikeet
