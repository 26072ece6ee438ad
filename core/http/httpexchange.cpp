// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/httpexchange.h"

namespace Lorikeet {

QByteArray HttpReply::contentType() const
{
    return header("content-type").split(';').constFirst().trimmed().toLower();
}

} // namespace Lorikeet
