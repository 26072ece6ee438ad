<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AdapterSection</name>
    <message numerus="yes">
        <source>All %n adapters …</source>
        <translation>
            <numerusform>All %n adapters …</numerusform>
            <numerusform>All %n adapters …</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodeRow</name>
    <message numerus="yes">
        <source>Code block, %1, %n lines</source>
        <translation>
            <numerusform>Code block, %1, %n line</numerusform>
            <numerusform>Code block, %1, %n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show all %n lines</source>
        <translation>
            <numerusform>Show all %n line</numerusform>
            <numerusform>Show all %n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message numerus="yes">
        <source>Send to %n lane(s) …</source>
        <translation>
            <numerusform>Send to %n lane …</numerusform>
            <numerusform>Send to %n lanes …</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EmptyChat</name>
    <message numerus="yes">
        <source>%n more in the environment</source>
        <translation>
            <numerusform>%n more in the environment</numerusform>
            <numerusform>%n more in the environment</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndpointTest</name>
    <message numerus="yes">
        <source>and %n more</source>
        <comment>models</comment>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FooterRow</name>
    <message numerus="yes">
        <source>Ask again for up to %Ln tokens</source>
        <translation>
            <numerusform>Ask again for up to %Ln token</numerusform>
            <numerusform>Ask again for up to %Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message numerus="yes">
        <source>%n names of the file are taken</source>
        <translation>
            <numerusform>A name of the file is taken</numerusform>
            <numerusform>%n names of the file are taken</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JudgeStrip</name>
    <message numerus="yes">
        <source>%n pair(s) of answers, each asked in both orders</source>
        <translation>
            <numerusform>%n pair of answers, asked in both orders</numerusform>
            <numerusform>%n pairs of answers, each asked in both orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JudgedResult</name>
    <message numerus="yes">
        <source>%1 of %Ln pair(s) judged in both orders, %2 alike</source>
        <translation>
            <numerusform>%1 of %Ln pair judged in both orders, %2 alike</numerusform>
            <numerusform>%1 of %Ln pairs judged in both orders, %2 alike</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LoadHistoryView</name>
    <message numerus="yes">
        <source>Compare %n run(s)</source>
        <translation>
            <numerusform>Compare %n run</numerusform>
            <numerusform>Compare %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LoadRequestTable</name>
    <message numerus="yes">
        <source>%Ln request(s)</source>
        <translation>
            <numerusform>%Ln request</numerusform>
            <numerusform>%Ln requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LoadTokenTimeline</name>
    <message numerus="yes">
        <source>%Ln read(s)</source>
        <translation>
            <numerusform>%Ln read</numerusform>
            <numerusform>%Ln reads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stall(s)</source>
        <translation>
            <numerusform>%Ln stall</numerusform>
            <numerusform>%Ln stalls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::ChartData</name>
    <message numerus="yes">
        <source>%1: %Ln point(s), from %2 to %3</source>
        <translation>
            <numerusform>%1: %Ln point, from %2 to %3</numerusform>
            <numerusform>%1: %Ln points, from %2 to %3</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::CompareDiff</name>
    <message numerus="yes">
        <source>%n place(s) differ from %1, the first after %2 words.</source>
        <translation>
            <numerusform>%n place differs from %1, the first after %2 words.</numerusform>
            <numerusform>%n places differ from %1, the first after %2 words.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) differ from %1, the first at %2.</source>
        <translation>
            <numerusform>%n place differs from %1, the first at %2.</numerusform>
            <numerusform>%n places differ from %1, the first at %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::EndpointFiles</name>
    <message numerus="yes">
        <source>Nothing is imported; %n endpoints stay as they are.</source>
        <translation>
            <numerusform>Nothing is imported; %n endpoint stays as it is.</numerusform>
            <numerusform>Nothing is imported; %n endpoints stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n endpoints imported.</source>
        <translation>
            <numerusform>%n endpoint imported.</numerusform>
            <numerusform>%n endpoints imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stayed as they are.</source>
        <translation>
            <numerusform>%n stayed as it is.</numerusform>
            <numerusform>%n stayed as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n endpoints written to %1, without their keys.</source>
        <translation>
            <numerusform>%n endpoint written to %1, without its key.</numerusform>
            <numerusform>%n endpoints written to %1, without their keys.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::GridController</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lane(s)</source>
        <translation>
            <numerusform>%Ln lane</numerusform>
            <numerusform>%Ln lanes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sample(s)</source>
        <translation>
            <numerusform>%Ln sample</numerusform>
            <numerusform>%Ln samples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s)</source>
        <translation>
            <numerusform>%Ln request</numerusform>
            <numerusform>%Ln requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::GridHistory</name>
    <message numerus="yes">
        <source>%n sample(s)</source>
        <translation>
            <numerusform>%n sample</numerusform>
            <numerusform>%n samples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n assertion(s)</source>
        <translation>
            <numerusform>%n assertion</numerusform>
            <numerusform>%n assertions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::LaneSets</name>
    <message numerus="yes">
        <source>%n lane(s)</source>
        <translation>
            <numerusform>%n lane</numerusform>
            <numerusform>%n lanes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::LoadBlocks</name>
    <message numerus="yes">
        <source>%Ln step(s) · %1</source>
        <translation>
            <numerusform>%Ln step · %1</numerusform>
            <numerusform>%Ln steps · %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln user</numerusform>
            <numerusform>%Ln users</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::LoadCalibration</name>
    <message numerus="yes">
        <source>%1 tokens/s at %Ln stream(s)</source>
        <translation>
            <numerusform>%1 tokens/s at %Ln stream</numerusform>
            <numerusform>%1 tokens/s at %Ln streams</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stream(s) at once …</source>
        <translation>
            <numerusform>%Ln stream at once …</numerusform>
            <numerusform>%Ln streams at once …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stream(s) at once: measured right.</source>
        <translation>
            <numerusform>%Ln stream at once: measured right.</numerusform>
            <numerusform>%Ln streams at once: measured right.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stream(s) at once: %1</source>
        <translation>
            <numerusform>%Ln stream at once: %1</numerusform>
            <numerusform>%Ln streams at once: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::LoadController</name>
    <message numerus="yes">
        <source>%Ln adapter(s)</source>
        <translation>
            <numerusform>%Ln adapter</numerusform>
            <numerusform>%Ln adapters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln user</numerusform>
            <numerusform>%Ln users</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::LoadHistoryList</name>
    <message numerus="yes">
        <source>%Ln stage(s)</source>
        <translation>
            <numerusform>%Ln stage</numerusform>
            <numerusform>%Ln stages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::LoadResults</name>
    <message numerus="yes">
        <source>%1 (%2 of %Ln time(s))</source>
        <translation>
            <numerusform>%1 (%2 of %Ln time)</numerusform>
            <numerusform>%1 (%2 of %Ln times)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln user</numerusform>
            <numerusform>%Ln users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kept to its objective: %Ln limit(s) hold.</source>
        <translation>
            <numerusform>Kept to its objective: %Ln limit holds.</numerusform>
            <numerusform>Kept to its objective: %Ln limits hold.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Missed its objective: %Ln limit(s) broken.</source>
        <translation>
            <numerusform>Missed its objective: %Ln limit broken.</numerusform>
            <numerusform>Missed its objective: %Ln limits broken.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::LoadSetup</name>
    <message numerus="yes">
        <source>%Ln request(s) in %1: %2 a second on average, at most %3.</source>
        <translation>
            <numerusform>%Ln request in %1: %2 a second on average, at most %3.</numerusform>
            <numerusform>%Ln requests in %1: %2 a second on average, at most %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This is the most it comes to, in up to %Ln run(s).</source>
        <translation>
            <numerusform>This is the most it comes to, in %Ln run.</numerusform>
            <numerusform>This is the most it comes to, in up to %Ln runs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) of the first looked at cannot be used: %1</source>
        <translation>
            <numerusform>%Ln record of the first looked at cannot be used: %1</numerusform>
            <numerusform>%Ln records of the first looked at cannot be used: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::LoadTokenLane</name>
    <message numerus="yes">
        <source>%Ln piece(s)</source>
        <translation>
            <numerusform>%Ln piece</numerusform>
            <numerusform>%Ln pieces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation>
            <numerusform>%Ln character</numerusform>
            <numerusform>%Ln characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::ModelJudge</name>
    <message numerus="yes">
        <source>%1 of %Ln pair(s) judged</source>
        <translation>
            <numerusform>%1 of %Ln pair judged</numerusform>
            <numerusform>%1 of %Ln pairs judged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::NetworkForm</name>
    <message numerus="yes">
        <source>%n further tries</source>
        <translation>
            <numerusform>%n further try</numerusform>
            <numerusform>%n further tries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::TemplateForm</name>
    <message numerus="yes">
        <source>%n turns as examples</source>
        <translation>
            <numerusform>%n turn as an example</numerusform>
            <numerusform>%n turns as examples</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lorikeet::TimelineRow</name>
    <message numerus="yes">
        <source>%1, %2, %Ln tokens</source>
        <translation>
            <numerusform>%1, %2, %Ln token</numerusform>
            <numerusform>%1, %2, %Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetricsLine</name>
    <message numerus="yes">
        <source>the last %Ln lines on stderr</source>
        <translation>
            <numerusform>the last line on stderr</numerusform>
            <numerusform>the last %Ln lines on stderr</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines on stderr</source>
        <translation>
            <numerusform>%Ln line on stderr</numerusform>
            <numerusform>%Ln lines on stderr</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln tokens</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Does not keep to %1 in more than %n places:</source>
        <translation>
            <numerusform>Does not keep to %1 in more than %n place:</numerusform>
            <numerusform>Does not keep to %1 in more than %n places:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Does not keep to %1 in %n place(s):</source>
        <translation>
            <numerusform>Does not keep to %1 in %n place:</numerusform>
            <numerusform>Does not keep to %1 in %n places:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RatingsDialog</name>
    <message numerus="yes">
        <source>%n verdict(s) of models</source>
        <translation>
            <numerusform>%n verdict of a model</numerusform>
            <numerusform>%n verdicts of models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n verdict(s) of people</source>
        <translation>
            <numerusform>%n verdict of a person</numerusform>
            <numerusform>%n verdicts of people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SaveSetDialog</name>
    <message numerus="yes">
        <source>Endpoints, models, adapters, system prompts and parameters of the %n lane(s); nothing that was said.</source>
        <translation>
            <numerusform>Endpoints, models, adapters, system prompts and parameters of the %n lane; nothing that was said.</numerusform>
            <numerusform>Endpoints, models, adapters, system prompts and parameters of the %n lanes; nothing that was said.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SchemaRow</name>
    <message numerus="yes">
        <source>Show all %n</source>
        <translation>
            <numerusform>Show the %n</numerusform>
            <numerusform>Show all %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShownTurn</name>
    <message numerus="yes">
        <source>%n turns</source>
        <translation>
            <numerusform>%n turn</numerusform>
            <numerusform>%n turns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message numerus="yes">
        <source>Answer finished, %n words</source>
        <translation>
            <numerusform>Answer finished, %n word</numerusform>
            <numerusform>Answer finished, %n words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Still answering, %n words</source>
        <translation>
            <numerusform>Still answering, %n word</numerusform>
            <numerusform>Still answering, %n words</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerdictBar</name>
    <message numerus="yes">
        <source>Ratings of %n verdict(s)</source>
        <translation>
            <numerusform>Ratings of %n verdict</numerusform>
            <numerusform>Ratings of %n verdicts</numerusform>
        </translation>
    </message>
</context>
</TS>
