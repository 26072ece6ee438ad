// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"

namespace Lorikeet {

/// What lori ends with; commandhelp.cpp has the words.
enum class ExitCode {
    Done = 0,
    Internal = 1,
    Usage = 2,
    Invalid = 3,
    NoConnection = 4,
    ServerFailed = 5,
    Truncated = 6,
    Objective = 7,
    Interrupted = 130,
};

[[nodiscard]] ExitCode exitCodeOf(const ApiError &error);

/// The error as one line on stderr, with the server's own words where it had any; and, where a
/// certificate is the reason, another with that certificate and how to accept it.
void printError(const ApiError &error);

/// A sentence on stderr that is no error.
void printNote(const QString &sentence);

} // namespace Lorikeet
