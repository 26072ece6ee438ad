// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/parametertables.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

QStringList names(const ParameterSpecs &specs, ParameterSpec::Fate fate)
{
    QStringList list;
    for (const ParameterSpec &spec : specs) {
        if (spec.fate == fate) {
            list.append(spec.name);
        }
    }
    return list;
}

} // namespace

/// The tables of what each server takes.
class TestParameterTables final : public QObject
{
    Q_OBJECT

    static constexpr std::array servers{Server::Unknown, Server::OpenAi, Server::Azure,
        Server::Mistral, Server::Vllm, Server::LlamaCpp, Server::Ollama, Server::Tgi,
        Server::Sglang, Server::LmStudio, Server::Lorax, Server::LiteLlm, Server::Langformers,
        Server::Predibase, Server::Anthropic, Server::Gemini, Server::Triton,
        Server::TritonTensorRtLlm};

private Q_SLOTS:

    void tablesAreSound_data()
    {
        QTest::addColumn<ParameterSpecs>("specs");
        for (const Provider *provider : providers()) {
            for (const Server server : servers) {
                const QString name = serverName(server);
                QTest::addRow("%s/%s", qPrintable(provider->id()), qPrintable(name))
                    << provider->parameters(name);
            }
        }
    }

    void tablesAreSound()
    {
        static const QStringList groups{
            u"Sampling"_s, u"Length"_s, u"Penalties"_s, u"Output"_s, u"Advanced"_s};
        QFETCH(const ParameterSpecs, specs);
        QVERIFY(!specs.isEmpty());
        QSet<QString> seen;
        for (const ParameterSpec &spec : specs) {
            const QByteArray name = spec.name.toUtf8();
            QVERIFY2(!seen.contains(spec.name), name);
            seen.insert(spec.name);
            QVERIFY2(groups.contains(spec.group), name);
            QVERIFY2(spec.help.endsWith(u'.') && spec.help.size() < 140, name);
            QCOMPARE(spec.type == ParameterSpec::Type::Choice, !spec.choices.isEmpty());
            if (!spec.serverDefault.isNull()) {
                const auto problem = spec.check(spec.serverDefault);
                QVERIFY2(!problem, qPrintable(problem.value_or(QString())));
            }
        }
    }

    /// Anthropic refuses a request without it, so what is sent unasked has to be seen.
    void whatAnthropicGetsUnaskedIsShown()
    {
        const Provider &anthropic = *findProvider(u"anthropic");
        const ParameterSpecs specs = anthropic.parameters({});
        const ParameterSpec *const spec = findParameter(specs, u"max_tokens");
        QVERIFY(spec);
        QVERIFY(spec->serverDefault.toInteger() > 0);
        QVERIFY(spec->help.contains(QString::number(spec->serverDefault.toInteger())));
        Target target;
        target.endpoint.url = QUrl(u"http://h"_s);
        const auto sent
            = anthropic.encode(target, {.model = u"m"_s, .messages = {{.content = u"Hello"_s}}});
        QVERIFY(sent);
        QCOMPARE(QJsonDocument::fromJson(sent->body)[u"max_tokens"_s], spec->serverDefault);
    }

    /// The same model answers otherwise at Ollama's two routes, since their defaults differ.
    void ollamasDefaultsDependOnTheRoute()
    {
        const ParameterSpecs own = findProvider(u"ollama")->parameters(u"Ollama"_s);
        const ParameterSpecs compatible = openAiParameters(Server::Ollama);
        for (const QString &name : {u"temperature"_s, u"top_p"_s}) {
            QVERIFY(findParameter(own, name)->serverDefault
                != findParameter(compatible, name)->serverDefault);
        }
        QCOMPARE(findParameter(own, u"temperature")->serverDefault, QJsonValue(0.8));
        QCOMPARE(findParameter(own, u"top_p")->serverDefault, QJsonValue(0.9));
        // No name of another server's.
        for (const QString &name : {u"max_tokens"_s, u"repetition_penalty"_s, u"n"_s}) {
            QVERIFY(!findParameter(own, name));
        }
        QCOMPARE(findParameter(own, u"mirostat")->fate, ParameterSpec::Fate::Ignored);
    }

    /// A name that another server uses for the same has no place in a table, unless as ignored.
    void everyServerHasItsOwnNames()
    {
        const auto has = [](Server server, QStringView name) {
            const ParameterSpecs specs = openAiParameters(server);
            const ParameterSpec *spec = findParameter(specs, name);
            return spec && spec->fate == ParameterSpec::Fate::Honoured;
        };
        QVERIFY(has(Server::Mistral, u"random_seed") && !has(Server::Mistral, u"seed"));
        QVERIFY(has(Server::LlamaCpp, u"repeat_penalty"));
        QVERIFY(!has(Server::LlamaCpp, u"repetition_penalty"));
        QVERIFY(has(Server::Vllm, u"repetition_penalty") && !has(Server::Vllm, u"repeat_penalty"));
        QVERIFY(has(Server::LmStudio, u"repeat_penalty"));
        QVERIFY(!has(Server::Ollama, u"top_k") && !has(Server::Ollama, u"tool_choice"));
        QVERIFY(!has(Server::OpenAi, u"top_k") && !has(Server::Mistral, u"logprobs"));
        QVERIFY(!has(Server::Mistral, u"max_completion_tokens"));
        QVERIFY(has(Server::Vllm, u"ignore_eos") && has(Server::Lorax, u"ignore_eos_token"));
        QVERIFY(!has(Server::Vllm, u"guided_json"));
    }

    void defaultsDifferFromServerToServer()
    {
        const auto temperature = [](Server server) {
            return findParameter(openAiParameters(server), u"temperature")->serverDefault;
        };
        QCOMPARE(temperature(Server::OpenAi), QJsonValue(1));
        QCOMPARE(temperature(Server::LlamaCpp), QJsonValue(0.8));
        QCOMPARE(temperature(Server::Ollama), QJsonValue(1.0));
        // The model's own generation_config decides.
        QCOMPARE(temperature(Server::Vllm), QJsonValue());
        QCOMPARE(temperature(Server::Mistral), QJsonValue());
    }

    void loraxHasEveryParameterOfItsPythonClient()
    {
        const ParameterSpecs specs = loraxParameters();
        // adapter_id, adapter_source, merged_adapters and api_token are AdapterChoice.
        for (const char16_t *name : {u"do_sample", u"max_new_tokens", u"best_of",
                 u"repetition_penalty", u"return_full_text", u"seed", u"stop", u"temperature",
                 u"top_k", u"top_p", u"truncate", u"typical_p", u"watermark", u"response_format",
                 u"decoder_input_details", u"details", u"return_k_alternatives",
                 u"frequency_penalty", u"presence_penalty", u"ignore_eos_token"}) {
            const ParameterSpec *spec = findParameter(specs, name);
            QVERIFY2(spec && spec->fate == ParameterSpec::Fate::Honoured,
                qPrintable(QString(QStringView(name))));
        }
        QCOMPARE(names(specs, ParameterSpec::Fate::Client), QStringList{u"prompt_format"_s});
        QCOMPARE(names(specs, ParameterSpec::Fate::Ignored), QStringList{u"apply_chat_template"_s});
    }

    /// TGI's ranges are narrower than LoRAX', which came of it.
    void tgiIsStricterThanLorax()
    {
        const auto refuses = [](const ParameterSpecs &specs, QStringView name, double value) {
            return findParameter(specs, name)->check(value).has_value();
        };
        for (const auto &[name, value] :
            {std::pair(u"temperature"_s, 0.0), std::pair(u"top_p"_s, 1.0)}) {
            QVERIFY(refuses(tgiParameters(), name, value));
            QVERIFY(!refuses(loraxParameters(), name, value));
        }
        QCOMPARE(findParameter(tgiParameters(), u"ignore_eos_token")->fate,
            ParameterSpec::Fate::Ignored);
    }

    void llamaCppsOwnRouteHasItsOwnNames()
    {
        const ParameterSpecs specs = llamaCppParameters();
        for (const char16_t *name : {u"n_predict", u"n_probs", u"n_cmpl", u"grammar",
                 u"json_schema", u"prompt_format", u"timings_per_token", u"cache_prompt"}) {
            QVERIFY2(findParameter(specs, name), qPrintable(QString(QStringView(name))));
        }
        for (const char16_t *name : {u"max_tokens", u"tools", u"response_format", u"logprobs",
                 u"chat_template_kwargs", u"n"}) {
            QVERIFY2(!findParameter(specs, name), qPrintable(QString(QStringView(name))));
        }
    }

    void whatIsOursIsNeverOnTheWire()
    {
        for (const Server server : servers) {
            const QStringList ours = names(openAiParameters(server), ParameterSpec::Fate::Client);
            for (const QString &name : ours) {
                QVERIFY2(name == u"include_usage"_s || name == u"continuous_usage_stats"_s,
                    qPrintable(name));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestParameterTables)
#include "tst_parametertables.moc"
