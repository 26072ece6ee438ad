// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Shapes

/// A shape that keeps to what clips it: without a graphics card Qt 6.8 paints one that is wholly
/// outside of a clip as if there were none, over whatever is there. A layer is a picture, and clipped.
Shape {
    layer.enabled: GraphicsInfo.api === GraphicsInfo.Software
}
