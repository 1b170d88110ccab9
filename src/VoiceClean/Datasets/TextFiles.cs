using System.Text;
using VoiceClean.Datasets.Lists;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Files;

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
    public static void Write(string root, DatasetTarget target, IEnumerable<ClipRecord> clips)
    {
        if (target.ListFormat != ListFormat.TextBeside)
        {
            return;
        }

        foreach (ClipRecord clip in clips.Where(RecordingRecords.IsOurs))
        {
            string path = Path.Combine(root, Of(clip.File)), text = ListText.Plain(clip.Text);
            byte[] content = Encoding.UTF8.GetBytes(text + "\n");
            if (text.Length == 0)
            {
                Delete(path);
            }
            else if (!Holds(path, content))
            {
                AtomicFile.Write(path, overwrite: true, stream => stream.Write(content));
            }
        }
    }

    private static bool Holds(string path, byte[] content)
    {
        try
        {
            return new FileInfo(path) is { Exists: true } file
                && file.Length == content.Length
                && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, path);
        }
    }
}
