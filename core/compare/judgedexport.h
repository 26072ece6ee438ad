// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/judgedturn.h"

#include <QStringList>

namespace Lorikeet {

/// What a model said of the answers to one prompt, to be read elsewhere: the lanes by their shares,
/// each pair in both orders with the reasons, the bias for a place, tokens and cost. `letters` are
/// those of the lanes by JudgedTurn::answers; pairs with an answer without one are left out. In
/// English, as all files are; nothing in it is secret.
[[nodiscard]] QString judgedAsMarkdown(const JudgedTurn &turn, const QStringList &letters);

/// The same as a part of a page.
[[nodiscard]] QString judgedAsHtml(const JudgedTurn &turn, const QStringList &letters);

} // namespace Lorikeet
