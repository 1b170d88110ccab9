using System.Text;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Runs.State;

/// <summary>
/// Whose a memory is that lies apart from its output: given to another one, it would take that one's results for the
/// first's.
/// </summary>
internal static class MemoryOwner
{
    /// <summary>Notes whose memory it is, or checks it.</summary>
    /// <param name="folder">The memory.</param>
    /// <param name="root">The output folder.</param>
    /// <param name="files">The disk.</param>
    /// <exception cref="VoiceCleanException">It is another output's (kind <see cref="ErrorKind.Usage"/>), or cannot be
    /// written.</exception>
    public static void Pin(string folder, string root, IOutputFiles files)
    {
        string path = Path.Combine(folder, "output"), here = Path.GetFullPath(root);
        try
        {
            string? before = File.Exists(path) ? File.ReadAllText(path).TrimEnd('\n') : null;
            if (before is not null && before != here)
            {
                throw new VoiceCleanException(
                    ErrorKind.Usage,
                    ReasonCodes.BadOptions,
                    $"{folder} remembers what was done in {before}, not in {here}; name another folder, or correct "
                        + $"{path} if the output was moved.");
            }

            if (before is null)
            {
                AtomicFile.Write(path, overwrite: true, s => s.Write(Encoding.UTF8.GetBytes(here + "\n")), files);
            }
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, path);
        }
    }
}
