// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "eventscript.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

Script eventStream() { return Script::chunked(200, "text/event-stream"_ba); }

QByteArray piece(const QByteArray &text)
{
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""_ba + text + "\"}}]}\n\n"_ba;
}

} // namespace Lorikeet
