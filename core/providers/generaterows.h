// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/parameterrow.h"

// What the servers with a /generate route take in the same way; each has its own rows besides.

namespace Lorikeet::GenerateRows {

inline constexpr ParameterRow topK{u"top_k", ParameterSpec::Type::Integer, u"Sampling",
    {1, ParameterRange::none, 200}, u"",
    u"Sample among that many of the likeliest tokens; leave it out for no limit."};
inline constexpr ParameterRow typicalP{u"typical_p", ParameterSpec::Type::Number, u"Sampling",
    {0, 1, ParameterRange::none, true, true}, u"",
    u"Keep tokens whose information is typical of the text, up to this probability."};
inline constexpr ParameterRow seed{u"seed", ParameterSpec::Type::Integer, u"Sampling",
    {0, 18446744073709551615.0}, u"",
    u"Makes sampling repeatable; up to 64 bits, random if left out."};
inline constexpr ParameterRow bestOf{u"best_of", ParameterSpec::Type::Integer, u"Sampling",
    {1, ParameterRange::none, 4}, u"1",
    u"Generate so many answers and return the best; needs sampling, no seed and no streaming."};
inline constexpr ParameterRow stop{u"stop", ParameterSpec::Type::TextList, u"Length", {}, u"[]",
    u"Texts that end the answer; they stay in it. Servers take 4 unless set up otherwise."};
inline constexpr ParameterRow repetitionPenalty{u"repetition_penalty", ParameterSpec::Type::Number,
    u"Penalties", {0, ParameterRange::none, 2, true}, u"1.0",
    u"Above 1 makes tokens that were already used less likely."};
inline constexpr ParameterRow frequencyPenalty{u"frequency_penalty", ParameterSpec::Type::Number,
    u"Penalties", {-2, 2}, u"0.0", u"Makes tokens less likely the more often they were used."};
inline constexpr ParameterRow returnFullText{u"return_full_text", ParameterSpec::Type::Boolean,
    u"Output", {}, u"false", u"Put the prompt in front of the answer (not in streams)."};
inline constexpr ParameterRow details{u"details", ParameterSpec::Type::Boolean, u"Advanced", {},
    u"true",
    u"Report why the answer ended and its token counts; sent as true unless you say "
    "otherwise."};
inline constexpr ParameterRow decoderInputDetails{u"decoder_input_details",
    ParameterSpec::Type::Boolean, u"Advanced", {}, u"false",
    u"Report the tokens of the prompt as well; not with streaming."};
inline constexpr ParameterRow watermark{u"watermark", ParameterSpec::Type::Boolean, u"Advanced", {},
    u"false", u"Mark the text so that it can be recognised as generated."};
inline constexpr ParameterRow promptFormat{u"prompt_format", ParameterSpec::Type::Choice, u"Output",
    {}, u"\"plain\"",
    u"How a conversation becomes the one text that this route takes; it must suit the model. "
    "Plain sends a single message as it is.",
    u"", ParameterSpec::Fate::Client};

} // namespace Lorikeet::GenerateRows
