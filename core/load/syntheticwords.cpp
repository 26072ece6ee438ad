// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/syntheticwords.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

// Common words, which nearly all vocabularies have as one token each. Words of one length stand in
// one text, so that a word is found by its number alone. None may be changed, added or taken away:
// a seed means the same prompts for good, and TokenCalibration counts by these numbers.

constexpr auto two = "of to in it is be as at so we he by or on do if me my up an go no us"_L1;

constexpr auto three
    = "the and for are but not you all any can had her was one our out day get has him his how "
      "man new now old see two way who boy did its let put say she too use air act add age ago "
      "aim arm art ask bad bag bar bed big bit box bus buy car cat cow cry cup cut dad dog dry "
      "due ear eat egg end eye fan far few fit fly fox fun gas got guy hat hit hot ice ill job "
      "joy key kid law lay led leg lie lot low map mix mom net nor nut off oil own pay pen pet "
      "pie pig pin pop pot ran raw red rid row run sad sat sea set sir sit six sky son sun tax "
      "tea ten tie tip top toy try van via war wet why win wit won yes yet zoo"_L1;

constexpr auto four
    = "able back ball band bank base bath bear beat been bell belt best bill bird blue boat "
      "body bone book born both bowl burn bush busy cake call calm came camp card care cart "
      "case cash cast cell chat city clay club coal coat code cold come cook cool copy corn "
      "cost crew crop dark data date dawn days deal dear debt deep deer desk diet dish disk "
      "door down draw drew drop drum dust duty each earn ease east easy edge else even ever "
      "face fact fail fair fall farm fast fate fear feed feel feet fell felt file fill film "
      "find fine fire firm fish five flag flat flow folk food foot form four free from fuel "
      "full fund gain game gate gave gear gift girl give glad goal goat goes gold golf gone "
      "good gray grew grow gulf hair half hall hand hang hard harm have head hear heat held "
      "help here hero hide high hill hire hold hole home hope horn host hour huge hunt hurt "
      "idea inch into iron item join joke jump jury just keen keep kept kick kind king knee "
      "knew know lack lady lake lamp land lane last late lawn lead leaf lean left less life "
      "lift like line link lion list live load loan lock long look lose loss lost loud love "
      "luck lung made mail main make many mark mass meal mean meat meet menu mild mile milk "
      "mind mine miss mode mood moon more most move much must name near neck need nest news "
      "next nice nine none noon nose note once only onto open oven over pace pack page paid "
      "pain pair pale palm park part pass past path peak pick pile pine pink pipe plan play "
      "plot plus poem poet pole pond pool poor port post pour pull pure push race rain rank "
      "rare rate read real rest rice rich ride ring rise risk road rock role roll roof room "
      "root rope rose rule rush safe said sail sale salt same sand save seat seed seek seem "
      "seen self sell send sent ship shop show shut sick side sign silk sing sink site size "
      "skin slip slow snow soap soft soil sold some song soon sort soul soup spot star stay "
      "step stop such suit sure swim tail take tale talk tall tank tape task team tear tell "
      "tend tent term test text than that them then they thin this thus tide time tiny told "
      "tone took tool tour town tree trip true tube tune turn twin type unit upon used user "
      "vary vast very view vote wage wait wake walk wall want warm wash wave weak wear week "
      "well went were west what when whom wide wife wild will wind wine wing wire wise wish "
      "with wolf wood wool word work worn yard yeah year your zero zone"_L1;

constexpr auto five
    = "about above actor admit adult after again agent agree ahead allow alone along among "
      "angle angry apart apple apply arise aside asset avoid award aware basic beach begin "
      "being below bench birth black blade blame blind block board brain brand bread break "
      "brick brief bring broad brown brush build buyer cabin cable carry catch cause chain "
      "chair chart cheap check chest chief child civil claim class clean clear climb clock "
      "close cloth cloud coach coast count court cover craft crash cream cross crowd crown "
      "curve cycle daily dance depth dirty doubt dozen draft drama dream dress drink drive "
      "early earth eight elect empty enemy enjoy enter entry equal error event every exact "
      "exist extra faith false fence field fifth fifty fight final first flame flash fleet "
      "floor flour focus force forth forty frame fresh front fruit funny giant given glass "
      "globe grace grade grain grand grant grass great green gross group grown guard guess "
      "guest guide habit happy heart heavy hello hobby honey horse hotel house human ideal "
      "image index inner input issue joint judge juice knife knock label large laser later "
      "laugh layer learn least leave legal lemon level light limit local logic loose lower "
      "lucky lunch major maker march match maybe mayor media metal meter might minor mixed "
      "model money month moral motor mouse mouth movie music nerve never newly night noise "
      "north novel nurse ocean offer often onion order organ other ought outer owner paint "
      "panel paper party patch pause peace phase phone photo piano piece pilot pitch place "
      "plain plane plant plate plaza point porch pound power press price pride prime print "
      "prior prize proof proud queen quick quiet quite quote radio raise range rapid ratio "
      "reach ready refer relax reply right river rough round route royal rural salad scale "
      "scene scope score sense serve seven shade shake shall shape share sharp sheep sheet "
      "shelf shell shift shirt shock shore short shown sight since skill sleep slice slide "
      "small smart smell smile smoke solid solve sorry sound south space spare speak speed "
      "spend spoke sport staff stage stair stand start state steam steel steep stick still "
      "stock stone stood store storm story strip study stuff style sugar sweet swing table "
      "taken taste teach teeth thank their theme there these thick thing think third those "
      "three throw tight tired title today tooth topic total touch tough tower track trade "
      "trail train treat trend trial tribe trick truck truly trust truth twice uncle under "
      "union until upper upset urban usual value video visit vital voice waste watch water "
      "wheel where which while white whole whose woman world worry worth would write wrong "
      "young youth"_L1;

struct Group
{
    QLatin1StringView text;
    int letters;

    [[nodiscard]] constexpr int count() const { return int(text.size() + 1) / (letters + 1); }
};

constexpr std::array groups{Group{two, 2}, Group{three, 3}, Group{four, 4}, Group{five, 5}};
static_assert(groups.front().letters == leastWordLetters);
static_assert(groups.back().letters == mostWordLetters);

} // namespace

WordRange syntheticWords(int letters)
{
    WordRange range;
    for (const Group &group : groups) {
        range.first += range.count;
        range.count = group.count();
        if (group.letters == letters) {
            break;
        }
    }
    return range;
}

int syntheticWordCount()
{
    const WordRange last = syntheticWords(mostWordLetters);
    return last.first + last.count;
}

QLatin1StringView syntheticWord(int number)
{
    for (const Group &group : groups) {
        if (number < group.count()) {
            return group.text.sliced(number * (group.letters + 1), group.letters);
        }
        number -= group.count();
    }
    return {};
}

} // namespace Lorikeet
