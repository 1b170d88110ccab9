using System.Text;
using VoiceClean.Datasets.Lists;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;

namespace VoiceClean.Datasets;

/// <summary>Texts in files beside their clips, for trainers that read them there.</summary>
internal static class TextFiles
{
    /// <summary>Extension of such a file.</summary>
    public const string Extension = ".lab";

    /// <summary>The text file of a clip: the same path with the other extension.</summary>
    public static string Of(string clip) => Path.ChangeExtension(clip, Extension);

    /// <summary>
    /// Writes the text of every clip that has one, for a target that wants it so; a clip without text gets no file,
    /// because the trainer passes over it then instead of learning that it says nothing.
    /// </summary>
    /// <exception cref="VoiceCleanException">A file cannot be written.</exception>
    public static void Write(WrittenFiles written, DatasetTarget target, IEnumerable<ClipRecord> clips)
    {
        ArgumentNullException.ThrowIfNull(written);
        if (target.ListFormat != ListFormat.TextBeside)
        {
            return;
        }

        foreach (ClipRecord clip in clips.Where(RecordingRecords.IsOurs))
        {
            string text = ListText.Plain(clip.Text);
            if (text.Length == 0)
            {
                written.Remove(Of(clip.File));
            }
            else
            {
                written.Put(Of(clip.File), Encoding.UTF8.GetBytes(text + "\n"));
            }
        }
    }
}
