using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Formats.Loading;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Datasets;

/// <summary>
/// Bad sets and what the trainers' own code was seen to do with them (its loaders, samplers and list readers run on
/// such sets): what a check missed must be found, what it cried about for nothing must pass.
/// </summary>
public class BadSetTests
{
    private const string English = BadSet.English, Chinese = BadSet.Chinese;

    // Trainer, what is in the set, what becomes of which clip or line by which rule; "" = nothing is lost.
    public static TheoryData<string, string, string> Table => new()
    {
        // Missed by comparing names and lengths only.
        { "gpt-sovits", "text=|ZH", "a.wav dropped text_missing" },
        { "gpt-sovits", "text= |ZH", "a.wav dropped text_missing" },
        { "gpt-sovits", "text=|EN", "a.wav dropped text_missing" },
        { "gpt-sovits", $"text={Chinese}|EN", "a.wav dropped text_language" },
        { "gpt-sovits", $"text={English}|ZH", "a.wav dropped text_language" },
        { "gpt-sovits", $"text={English}|JA", "a.wav dropped text_language" },
        { "gpt-sovits", $"text={English}|KO", "a.wav dropped text_language" },
        { "gpt-sovits", "silent", "a.wav dropped silent" },
        { "gpt-sovits", "two lines", "a.wav spoiled base_name" },
        { "gpt-sovits", "equal names", "a.wav spoiled base_name, b/a.wav spoiled base_name" },
        { "gpt-sovits", $"text={Chinese}|Zh", "a.wav dropped list_language" },
        { "gpt-sovits", "seconds=0.645", "a.wav dropped sampler_length" },
        { "gpt-sovits", "seconds=0.658", "a.wav dropped sampler_length" },
        { "gpt-sovits", "moved", "a.wav dropped path" },
        { "gpt-sovits", "relative", "a.wav dropped path, b.wav dropped path" },
        { "gpt-sovits", "windows path", "a.wav dropped path" },
        { "gpt-sovits", "deep, folder", "sub/a.wav dropped path" },
        { "gpt-sovits", "gbk", "anna.list refused list_encoding" },
        { "xtts", "text=\"begins without an end", "a.wav spoiled list_quotes, b.wav dropped in_list" },
        { "xtts", "text=\"begins at the end of the list, last", "a.wav dropped in_list, 3 refused list_fields" },
        { "xtts", "text=\"A,\" b says she to me", "a.wav altered text_quotes" },
        { "xtts", "text=", "a.wav spoiled text_missing" },
        { "xtts", "text=NA", "a.wav spoiled text_missing" },
        { "xtts", "text=null", "a.wav spoiled text_missing" },
        { "xtts", "text=one | two and three", "a.wav dropped in_list, 2 refused list_fields" },
        { "xtts", "moved", "a.wav dropped path" },
        { "xtts", "gbk", "metadata.csv refused list_encoding" },
        { "xtts", "no header", "metadata.csv refused list_header" },
        { "xtts", "long chinese", "a.wav dropped text_length" },
        { "xtts", "seconds=11.62", "a.wav dropped length" },
        { "xtts", "silent", "a.wav spoiled silent" },
        { "f5-tts", "text=\"begins without an end", "a.wav spoiled list_quotes, b.wav dropped in_list" },
        { "f5-tts", "text=\"A,\" b says she to me", "a.wav altered text_quotes" },
        { "f5-tts", "text=", "a.wav spoiled text_missing" },
        { "f5-tts", "text=one | two and three", "a.wav spoiled text_cut" },
        { "f5-tts", "relative", "a.wav refused path_relative, b.wav refused path_relative" },
        { "f5-tts", "moved", "a.wav dropped path" },
        { "f5-tts", "no header", "metadata.csv refused list_header" },
        { "f5-tts", "gbk", "metadata.csv refused list_encoding" },
        { "f5-tts", "seconds=0.29", "a.wav dropped length" },
        { "f5-tts", "seconds=30.1", "a.wav dropped length" },
        { "style-bert-vits2", "seconds=11.63", "a.wav dropped length" },
        { "style-bert-vits2", "seconds=12", "a.wav dropped length" },
        { "style-bert-vits2", "text=|EN", "a.wav spoiled text_missing" },
        { "style-bert-vits2", $"text={Chinese}|EN", "a.wav spoiled text_language" },
        { "style-bert-vits2", $"text={English}|en", "a.wav refused list_language" },
        { "style-bert-vits2", "text=one | two and three|EN", "a.wav dropped in_list, 1 refused list_fields" },
        { "style-bert-vits2", "old layout", "anna.esd.list refused list_name" },
        { "style-bert-vits2", "blank line", "3 refused list_fields" },
        { "ljspeech", "text=", "a.wav spoiled text_missing" },
        { "ljspeech", "text=\"begins without an end", "a.wav spoiled text_cut" },
        { "ljspeech", "text=one | two and three", "a.wav spoiled text_cut" },
        { "ljspeech", "blank line", "3 refused list_fields" },
        { "ljspeech", "old layout", "anna.metadata.csv refused list_name" },
        { "fish-speech", "text=", "a.wav spoiled text_missing" },
        { "fish-speech", "no text", "a.wav dropped in_list" },
        { "fish-speech", "gbk", "a.wav dropped list_encoding" },
        { "fish-speech", "text=I <3 you and you <4 me > all", "a.wav altered text_markup" },
        // Cried about for nothing.
        { "gpt-sovits", "name=talk 2 (take 2).mp3_0000000000_0000185600.wav", "" },
        { "gpt-sovits", "name=it's.wav", "" },
        { "gpt-sovits", "name= blank .wav", "" },
        { "gpt-sovits", "name=dot..wav", "" },
        { "gpt-sovits", "name=a\"quote\".wav", "" },
        { "gpt-sovits", "seconds=0.66", "" },
        { "gpt-sovits", "seconds=20.01", "" },
        { "gpt-sovits", "relative, folder", "" },
        { "gpt-sovits", "moved, folder", "" },
        { "gpt-sovits", "windows path, folder", "" },
        { "gpt-sovits", "deep", "" },
        { "gpt-sovits", "blank line", "" },
        { "gpt-sovits", "crlf", "" },
        { "gpt-sovits", "texts beside", "" },
        { "gpt-sovits", $"text={English}|En", "" },
        { "f5-tts", "seconds=0.31", "" },
        { "f5-tts", "seconds=29.9", "" },
        { "f5-tts", "text=\"He said \"\"yes\"\" and went\"", "" },
        { "f5-tts", "crlf", "" },
        { "f5-tts", "bom", "" },
        { "xtts", "text=\"He said \"\"yes\"\" and went\"", "" },
        { "xtts", "text=He said \"yes\" and went", "" },
        { "xtts", "seconds=11.6", "" },
        { "xtts", "relative", "" },
        { "xtts", "bom", "" },
        { "xtts", "name=it's (2).wav", "" },
        { "style-bert-vits2", "seconds=0.4", "" },
        { "style-bert-vits2", "seconds=1.9", "" },
        { "style-bert-vits2", "seconds=11.6", "" },
        { "ljspeech", "text=He said \"yes\" and went", "" },
        { "ljspeech", "seconds=12", "" },
        { "fish-speech", "name=it's (2).wav", "" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_check_says_what_the_trainer_does(string trainer, string what, string expected)
    {
        using var folder = new TemporaryFolder();
        DatasetTarget target = DatasetTargets.Load(trainer);
        string? wavs = BadSet.Build(folder, target, what);
        var decoders = AudioDecoders.CreateDefault();
        CheckedClip[] found =
        [
            .. SetReader
                .List(folder.Path, target, decoders, wavs)
                .Select(c => SetChecker.Check(folder.Path, c, target, decoders, TestContext.Current.CancellationToken)),
        ];
        string[] lost =
        [
            .. found
                .Where(c => c.Status is not (ClipStatuses.Ok or ClipStatuses.Warned))
                .Select(c => (c, Rules: c.Rules.Where(r => !IsAboutSound(r.Rule)).ToArray()))
                .Where(c => c.Rules.Any(r => !r.Does(RuleAction.Warn)))
                .Select(c => $"{Short(c.c.File)} {c.c.Status} "
                    + $"{string.Join('+', c.Rules.Where(r => !r.Does(RuleAction.Warn)).Select(r => r.Rule))}"),
        ];
        Assert.Equal(expected, string.Join(", ", lost));
        CheckSummary summary = SetChecker.Summarize(found, target);
        Assert.Equal(expected.Split(' ') is [_, "altered", _] or [""], summary.IsGood);
        Assert.Equal(expected.Contains("text_missing", StringComparison.Ordinal) ? 1 : 0, summary.WithoutText);
    }

    // The clips are tones at 32 kHz; what that means to a trainer's ears is tested elsewhere.
    private static bool IsAboutSound(string rule) =>
        rule is "sample_rate" or "bit_depth" or "peak_rescaled" or "phoneme_rate";

    private static string Short(string file) =>
        file.Contains(':', StringComparison.Ordinal) ? file[(file.LastIndexOf(':') + 1)..]
        : file.Split('/') is ["anna" or "raw" or "wavs", .. var rest] ? string.Join('/', rest)
        : file;
}
