using System.Text;
using VoiceClean.Datasets.Lists;
using VoiceClean.Datasets.Targets;

namespace VoiceClean.Datasets;

/// <summary>Writes lists of clips as trainers read them: UTF-8 without byte-order mark, lines end in \n.</summary>
internal static class ListWriter
{
    /// <summary>The content of a list.</summary>
    /// <param name="clips">In their order.</param>
    /// <param name="format">What the lines are.</param>
    /// <param name="pathOf">Path of a clip as the list is to name it.</param>
    public static byte[] Write(IEnumerable<ClipRecord> clips, ListFormat format, Func<ClipRecord, string> pathOf)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(pathOf);
        var list = new StringBuilder();
        list.Append(format switch
        {
            ListFormat.AudioFileText => "audio_file|text\n",
            ListFormat.AudioFileTextSpeaker => "audio_file|text|speaker_name\n",
            _ => "",
        });
        foreach (ClipRecord clip in clips)
        {
            // Below the folder that the trainer looks into.
            string name = clip.File[(clip.File.IndexOf('/', StringComparison.Ordinal) + 1)..];
            string language = Languages.Write(clip.Language, format);
            list.AppendJoin(
                    '|',
                    format switch
                    {
                        ListFormat.GptSovits => (string[])
                            [pathOf(clip), clip.Speaker, language, ListText.Plain(clip.Text)],
                        ListFormat.StyleBertVits2 => [name, clip.Speaker, language, ListText.Plain(clip.Text)],
                        ListFormat.Ljspeech =>
                        [
                            Path.ChangeExtension(name, null),
                            ListText.SplitOrCsv(clip.Text),
                            ListText.SplitOrCsv(clip.Text),
                        ],
                        ListFormat.AudioFileText => [pathOf(clip), ListText.SplitOrCsv(clip.Text)],
                        _ => [pathOf(clip), ListText.Pandas(clip.Text), clip.Speaker],
                    })
                .Append('\n');
        }

        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(list.ToString());
    }
}
