// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton
import QtQuick

/// Every colour, size and font of the window. The window sets `scheme`, `zoom`, `proseSize` and
/// `reduceMotion` from the preferences; all the rest follows. Sizes are given at zoom 1 and go
/// through px().
QtObject {
    id: theme

    /// A Qt.ColorScheme; Unknown follows the system.
    property int scheme: Qt.ColorScheme.Unknown
    property real zoom: 1
    property real proseSize: 15
    property bool reduceMotion: false

    readonly property bool systemDark: Application.styleHints.colorScheme === Qt.ColorScheme.Dark
    readonly property bool dark: theme.scheme === Qt.ColorScheme.Unknown ? theme.systemDark : theme.scheme === Qt.ColorScheme.Dark

    // Grounds
    readonly property color window: theme.dark ? "#13151A" : "#F6F7F9"
    readonly property color surface: theme.dark ? "#1A1D24" : "#FFFFFF"
    readonly property color sunken: theme.dark ? "#0F1115" : "#EFF1F5"
    readonly property color hover: theme.dark ? "#252A34" : "#E8EBF1"
    readonly property color selected: theme.dark ? "#2A3163" : "#E4E8FC"
    readonly property color userText: theme.dark ? "#232838" : "#EEF0FB"

    // Lines
    readonly property color borderSubtle: theme.dark ? "#2B303A" : "#DEE2E9"
    readonly property color borderControl: theme.dark ? "#6F788A" : "#7B8496"

    // Text
    readonly property color text: theme.dark ? "#E8EAF0" : "#161A22"
    readonly property color textSecondary: theme.dark ? "#B6BDCA" : "#464E5E"
    readonly property color textMuted: theme.dark ? "#99A2B3" : "#5E6778"
    readonly property color accent: theme.dark ? "#8F9CFF" : "#3D4BD1"
    readonly property color textOnAccent: theme.dark ? "#0E1230" : "#FFFFFF"
    readonly property color accentHover: theme.dark ? "#A5AFFF" : "#323FB8"
    readonly property color link: theme.dark ? "#9DA8FF" : "#2F3FC4"

    // States
    readonly property color success: theme.dark ? "#4CC38A" : "#0E7548"
    readonly property color successTint: theme.dark ? "#14301F" : "#E5F6EC"
    readonly property color warning: theme.dark ? "#E6B450" : "#855600"
    readonly property color warningTint: theme.dark ? "#352A12" : "#FFF4DC"
    readonly property color danger: theme.dark ? "#FF8087" : "#BE2430"
    readonly property color dangerTint: theme.dark ? "#3A1B1F" : "#FDECEC"
    readonly property color info: theme.dark ? "#67B5F3" : "#0A669F"
    readonly property color infoTint: theme.dark ? "#132B3E" : "#E6F2FB"
    readonly property color diffAdded: theme.dark ? "#163322" : "#DDF4E4"
    readonly property color diffRemoved: theme.dark ? "#3D1C21" : "#FBE3E4"

    // Code
    readonly property color codeKeyword: theme.dark ? "#D69BF0" : "#8A2BA8"
    readonly property color codeString: theme.dark ? "#7FD6A4" : "#0E7548"
    readonly property color codeNumber: theme.dark ? "#F2A65A" : "#A94C06"
    readonly property color codeComment: theme.dark ? "#99A2B3" : "#5E6778"
    readonly property color codeFunction: theme.dark ? "#9DA8FF" : "#2F3FC4"
    readonly property color codeType: theme.dark ? "#45C9BE" : "#0B746F"

    readonly property list<color> lanes: theme.dark ? ["#8F9CFF", "#45C9BE", "#F2A65A", "#EA8FCD", "#BDCB52", "#70B7EC"] : ["#3D4BD1", "#0B746F", "#A94C06", "#9B2C7A", "#566500", "#1B6AA3"]

    // Space between things, and corners
    readonly property real space2: theme.px(2)
    readonly property real space4: theme.px(4)
    readonly property real space8: theme.px(8)
    readonly property real space12: theme.px(12)
    readonly property real space16: theme.px(16)
    readonly property real space24: theme.px(24)
    readonly property real space32: theme.px(32)
    readonly property real space48: theme.px(48)
    readonly property real radiusControl: theme.px(6)
    readonly property real radiusCard: theme.px(8)
    readonly property real radiusUser: theme.px(10)
    readonly property real radiusLarge: theme.px(12)

    // Fonts. Where Inter or JetBrains Mono are not installed the next of the list serves.
    readonly property string family: theme.firstInstalled(["Inter", "Noto Sans", "DejaVu Sans"], Application.font.family)
    /// NL: JetBrains Mono without ligatures; what is shown is code and addresses, of which every sign
    /// counts. The font feature that switches them off does not get into rich text.
    readonly property string monoFamily: theme.firstInstalled(["JetBrains Mono NL", "JetBrains Mono", "Noto Sans Mono", "DejaVu Sans Mono"], "monospace")
    readonly property font pageTitle: theme.role(20, Font.DemiBold)
    readonly property font sessionTitle: theme.role(16, Font.DemiBold)
    readonly property font prose: theme.role(theme.proseSize, Font.Normal)
    readonly property font heading1: theme.role(theme.proseSize * 22 / 15, Font.DemiBold)
    readonly property font heading2: theme.role(theme.proseSize * 19 / 15, Font.DemiBold)
    readonly property font heading3: theme.role(theme.proseSize * 17 / 15, Font.DemiBold)
    readonly property font heading4: theme.role(theme.proseSize, Font.DemiBold)
    readonly property font button: theme.role(14, Font.DemiBold)
    readonly property font body: theme.role(13, Font.Normal)
    readonly property font bodyStrong: theme.role(13, Font.DemiBold)
    readonly property font metric: theme.role(12, Font.Medium)
    readonly property font railLabel: theme.role(10, Font.DemiBold)
    readonly property font code: theme.monoRole(13, Font.Normal)
    /// Digits of one width, for numbers that change while one looks at them.
    readonly property font number: Qt.font({
        family: theme.family,
        pixelSize: theme.px(12),
        weight: Font.DemiBold,
        features: {
            "tnum": 1
        }
    })

    // Line heights of the roles above
    readonly property real proseLine: theme.px(theme.proseSize * 23 / 15)
    readonly property real bodyLine: theme.px(18)
    readonly property real metricLine: theme.px(16)
    readonly property real codeLine: theme.px(20)

    // Motion, in milliseconds
    readonly property int fade: theme.reduceMotion ? 0 : 120
    readonly property int slide: theme.reduceMotion ? 0 : 160

    function px(size: real): real {
        return Math.round(size * theme.zoom);
    }

    /// One of Breeze's line icons, to be drawn `size` high at zoom 1. They are drawn for 22 and 16 px;
    /// all other sizes are made of these, since those for 32 px have other proportions.
    function icon(name: string, size: real): url {
        return name === "" ? "" : "qrc:/icons/breeze/actions/" + (size < 18 ? 16 : 22) + "/" + name + ".svg";
    }

    /// The colour of lane `index`, counted from 0; a seventh lane begins again.
    function lane(index: int): color {
        return theme.lanes[index % theme.lanes.length];
    }

    function role(size: real, weight: int): font {
        return Qt.font({
            family: theme.family,
            pixelSize: theme.px(size),
            weight: weight
        });
    }

    function monoRole(size: real, weight: int): font {
        return Qt.font({
            family: theme.monoFamily,
            pixelSize: theme.px(size),
            weight: weight,
            features: {
                "calt": 0
            }
        });
    }

    function firstInstalled(wanted: list<string>, fallback: string): string {
        const installed = Qt.fontFamilies();
        for (const name of wanted) {
            if (installed.includes(name)) {
                return name;
            }
        }
        return fallback;
    }
}
