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

    void nothingIsMissing_data()
    {
        QTest::addColumn<ParameterSpecs>("specs");
        QTest::addColumn<QString>("names");
        // As each server's documentation and source have them. Not here: what the request holds
        // besides parameters (model, messages, prompt, stream, system texts, adapters), and what
        // makes an answer other than text (audio, modalities).
        const auto row = [](const char *name, const ParameterSpecs &specs, const char *names) {
            QTest::newRow(name) << specs << QString::fromLatin1(names);
        };
        row("OpenAI", openAiParameters(Server::OpenAi),
            "temperature top_p n presence_penalty frequency_penalty logprobs top_logprobs "
            "logit_bias stop seed max_tokens max_completion_tokens reasoning_effort verbosity "
            "service_tier response_format tools tool_choice parallel_tool_calls include_usage "
            "store metadata prediction web_search_options moderation safety_identifier "
            "prompt_cache_key prompt_cache_options user");
        row("Mistral", openAiParameters(Server::Mistral),
            "temperature top_p max_tokens random_seed stop n presence_penalty frequency_penalty "
            "tools tool_choice parallel_tool_calls response_format safe_prompt prompt_mode "
            "reasoning_effort prediction guardrails prompt_cache_key metadata");
        row("vLLM", openAiParameters(Server::Vllm),
            "top_k min_p repetition_penalty length_penalty use_beam_search stop_token_ids "
            "include_stop_str_in_output ignore_eos min_tokens skip_special_tokens "
            "spaces_between_special_tokens truncate_prompt_tokens prompt_logprobs "
            "allowed_token_ids bad_words logprob_token_ids repetition_detection echo "
            "add_generation_prompt continue_final_message add_special_tokens documents "
            "chat_template chat_template_kwargs mm_processor_kwargs media_io_kwargs "
            "include_reasoning reasoning_effort thinking_token_budget priority request_id "
            "return_tokens_as_token_ids return_token_ids cache_salt kv_transfer_params "
            "vllm_xargs stream_interval return_prompt_text response_format structured_outputs "
            "temperature top_p seed max_tokens max_completion_tokens stop presence_penalty "
            "frequency_penalty n logprobs top_logprobs logit_bias tools tool_choice "
            "continuous_usage_stats");
        row("SGLang", openAiParameters(Server::Sglang),
            "top_k min_p min_tokens repetition_penalty regex ebnf stop_token_ids stop_regex "
            "no_stop_trim ignore_eos skip_special_tokens separate_reasoning stream_reasoning "
            "chat_template_kwargs continue_final_message custom_logit_processor custom_params rid "
            "priority session_params return_hidden_states reasoning_effort response_format");
        const char *const llamaCpp
            = "temperature top_k top_p min_p typical_p top_n_sigma repeat_penalty repeat_last_n "
              "presence_penalty frequency_penalty dry_multiplier dry_base dry_allowed_length "
              "dry_penalty_last_n dry_sequence_breakers xtc_probability xtc_threshold "
              "dynatemp_range dynatemp_exponent mirostat mirostat_tau mirostat_eta seed n_predict "
              "n_keep n_probs grammar json_schema logit_bias ignore_eos samplers id_slot "
              "cache_prompt timings_per_token return_progress t_max_predict_ms "
              "sse_ping_interval min_keep stop";
        row("llama.cpp", openAiParameters(Server::LlamaCpp),
            QByteArray(llamaCpp)
                + " n max_tokens max_completion_tokens chat_template_kwargs reasoning_format "
                  "reasoning_effort parallel_tool_calls parse_tool_calls repetition_penalty"
                  " response_format tools tool_choice");
        row("llama.cpp /completion", llamaCppParameters(),
            QByteArray(llamaCpp) + " n_cmpl return_tokens response_fields post_sampling_probs");
        row("LM Studio", openAiParameters(Server::LmStudio),
            "temperature top_p top_k max_tokens stop presence_penalty frequency_penalty "
            "logit_bias repeat_penalty seed ttl draft_model response_format tools tool_choice");
        row("Ollama", findProvider(u"ollama")->parameters(u"Ollama"_s),
            "format think keep_alive logprobs top_logprobs truncate shift tools num_predict "
            "temperature top_k top_p min_p typical_p repeat_last_n repeat_penalty "
            "presence_penalty frequency_penalty seed stop num_ctx num_keep num_batch num_gpu "
            "num_thread tool_choice");
        row("Ollama /v1", openAiParameters(Server::Ollama),
            "frequency_penalty presence_penalty response_format seed stop include_usage "
            "temperature top_p max_tokens tools reasoning_effort logprobs top_logprobs "
            "tool_choice logit_bias n num_ctx top_k min_p keep_alive");
        row("TGI /v1", openAiParameters(Server::Tgi),
            "max_tokens max_completion_tokens stop top_p temperature seed top_logprobs logprobs "
            "logit_bias n presence_penalty frequency_penalty response_format tools tool_choice");
        row("TGI", tgiParameters(),
            "best_of repetition_penalty frequency_penalty top_k typical_p do_sample "
            "max_new_tokens stop truncate watermark details decoder_input_details top_n_tokens "
            "grammar temperature top_p seed return_full_text");
        row("LoRAX /v1", openAiParameters(Server::Lorax),
            "temperature top_p n max_tokens stop presence_penalty frequency_penalty seed "
            "response_format tools tool_choice tool_prompt guideline repetition_penalty top_k "
            "ignore_eos_token logit_bias logprobs max_completion_tokens parallel_tool_calls");
        row("LoRAX", loraxParameters(),
            "best_of temperature repetition_penalty frequency_penalty presence_penalty top_k "
            "top_p typical_p do_sample max_new_tokens ignore_eos_token return_full_text stop "
            "truncate watermark details decoder_input_details return_k_alternatives "
            "apply_chat_template seed response_format");
        row("Langformers", langformersParameters(), "temperature top_p max_length memory_k");
        row("Anthropic", anthropicParameters(),
            "max_tokens temperature top_k top_p stop_sequences thinking output_config tools "
            "tool_choice service_tier metadata cache_control");
        row("Gemini", geminiParameters(),
            "temperature topP topK maxOutputTokens stopSequences seed responseMimeType "
            "responseSchema responseJsonSchema thinkingConfig tools toolConfig safetySettings "
            "candidateCount presencePenalty frequencyPenalty responseLogprobs logprobs");
        row("Responses", responsesParameters(),
            "temperature top_p reasoning max_output_tokens truncation text top_logprobs include "
            "tools tool_choice parallel_tool_calls store service_tier metadata prompt_cache_key "
            "safety_identifier");
        row("Triton, vLLM", findProvider(u"triton")->parameters(serverName(Server::Triton)),
            "temperature top_p top_k min_p seed n max_tokens min_tokens stop stop_token_ids "
            "include_stop_str_in_output ignore_eos repetition_penalty frequency_penalty "
            "presence_penalty bad_words skip_special_tokens structured_outputs logprobs");
        row("Triton, TensorRT-LLM",
            findProvider(u"triton")->parameters(serverName(Server::TritonTensorRtLlm)),
            "max_tokens num_return_sequences bad_words stop_words end_id pad_id top_k top_p "
            "temperature length_penalty repetition_penalty min_tokens presence_penalty "
            "frequency_penalty seed beam_width lora_task_id guided_decoding_guide_type "
            "guided_decoding_guide");
    }

    void nothingIsMissing()
    {
        QFETCH(const ParameterSpecs, specs);
        QFETCH(const QString, names);
        QStringList missing;
        for (const QString &name : names.split(u' ')) {
            if (!findParameter(specs, name)) {
                missing.append(name);
            }
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u", "_s)));
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

    /// Where a parameter, or its absence, does not do what its name promises, its help says so.
    void whatIsNotAsItSeemsIsSaid()
    {
        const auto help = [](const ParameterSpecs &specs, QStringView name) {
            return findParameter(specs, name)->help;
        };
        const ParameterSpecs own = loraxParameters();
        const ParameterSpecs compatible = openAiParameters(Server::Lorax);
        QVERIFY(help(own, u"max_new_tokens").contains(u"may fill the whole context"_s));
        QVERIFY(help(own, u"truncate").contains(u"may be refused all the same"_s));
        // The same model answers otherwise at LoRAX' two routes, since one samples unasked.
        QCOMPARE(findParameter(own, u"do_sample")->serverDefault, QJsonValue(false));
        QVERIFY(help(own, u"do_sample").contains(u"greedy by default"_s));
        QVERIFY(help(compatible, u"temperature").contains(u"samples by default"_s));
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
