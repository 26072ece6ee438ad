// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "model/chatrequest.h"
#include "model/endpoint.h"

namespace Lorikeet {

/// Says what may help where a model refused a parameter; nothing is sent again unasked. Where it
/// takes the parameter under another name and the endpoint is a stored one, that is kept with it,
/// so that the next request goes right. True where there was something to say.
bool tellRemedy(const ApiError &error, const Target &target, const ChatRequest &request);

} // namespace Lorikeet
