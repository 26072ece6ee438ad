// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "commandline.h"
#include "model/chatrequest.h"
#include "model/endpoint.h"
#include "model/retrypolicy.h"

namespace Lorikeet {

/// The options that say what is asked, besides the prompt: model, adapter, system message,
/// parameters, retries.
[[nodiscard]] QList<OptionHelp> askOptions();

/// An adapter of which nothing but its token is set: what --adapter-key-env says.
[[nodiscard]] Result<AdapterChoice> adapterTokenFrom(const CommandLine &line);

/// What --scale says.
[[nodiscard]] Result<QList<AdapterScale>> scalesFrom(const CommandLine &line);

/// What askOptions() say, but for the parameters, which need to know who is asked.
[[nodiscard]] Result<ChatRequest> requestFrom(const CommandLine &line);

/// What --param says. A parameter that `specs` does not list is sent all the same: as JSON where
/// the value is some, as text where not.
[[nodiscard]] Result<ParameterSet> parametersFrom(
    const CommandLine &line, const ParameterSpecs &specs);

/// The same of what else is written NAME=VALUE.
[[nodiscard]] Result<ParameterSet> parametersFrom(
    const QStringList &pairs, const ParameterSpecs &specs);

/// What --param says by the parameters of `target`. Says on stderr which names it is not known to
/// have, and what may have been meant: servers take them in silence, and a slip of the pen would go
/// unseen.
/// What comes with a template, `bound`, holds where they say nothing else, and is looked at
/// likewise.
[[nodiscard]] Result<ParameterSet> parametersFor(
    const CommandLine &line, const Target &target, const ParameterSet &bound = {});
[[nodiscard]] Result<ParameterSet> parametersFor(
    const QStringList &pairs, const Target &target, const ParameterSet &bound = {});

/// The one prompt that is given as an argument, or stdin where it is - or there is none; this then
/// takes as long as whoever writes it.
[[nodiscard]] Result<QString> promptFrom(const CommandLine &line);

[[nodiscard]] OptionHelp retriesOption();
/// What --retries says; nothing where it is not given.
[[nodiscard]] Result<std::optional<RetryPolicy>> retriesFrom(const CommandLine &line);

/// "Trying again in 12 s: try 2 of 3."
[[nodiscard]] QString retryWords(const Retry &retry);
/// Says on stderr what failed and when it is tried again.
void tellOfRetry(const Retry &retry);

} // namespace Lorikeet
