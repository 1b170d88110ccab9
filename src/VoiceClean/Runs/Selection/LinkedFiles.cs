using VoiceClean.Files;

namespace VoiceClean.Runs.Selection;

/// <summary>The files that inputs lead to which have other names too.</summary>
/// <param name="isOfUse">Whether anybody will ask; nothing is asked of the disk otherwise.</param>
internal sealed class LinkedFiles(bool isOfUse)
{
    private readonly HashSet<FileIdentity> _files = [];

    /// <summary>Notes an input if it is a link.</summary>
    public void Note(string path)
    {
        if (isOfUse && FileIdentity.MayHaveOtherNames(path) && FileIdentity.Of(path) is { } file)
        {
            _files.Add(file);
        }
    }

    /// <summary>True if an input that was noted is this file.</summary>
    public bool Has(string path) => _files.Count > 0 && FileIdentity.Of(path) is { } file && _files.Contains(file);
}
