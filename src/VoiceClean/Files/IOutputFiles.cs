namespace VoiceClean.Files;

/// <summary>
/// The few operations on files that publishing needs: the seam where tests make the k-th one fail. Failures are what
/// the file system throws (<see cref="IOException"/>, <see cref="UnauthorizedAccessException"/>);
/// <see cref="OutputErrors"/> puts them into words.
/// </summary>
internal interface IOutputFiles
{
    /// <summary>
    /// Who writes, in the names of temporary files: four hexadecimal digits, or nothing. Whoever can be sure that no
    /// living process writes under a mark may remove what has it.
    /// </summary>
    string Mark => "";

    /// <summary>
    /// Creates a file that did not exist and opens it for writing, unbuffered; writes may fail later.
    /// </summary>
    Stream Create(string path);

    /// <summary>Opens a file, new or not, for adding at its end, unbuffered.</summary>
    Stream OpenAppend(string path);

    /// <summary>
    /// Waits until everything written to a stream of <see cref="Create"/> or <see cref="OpenAppend"/> is on the disk.
    /// </summary>
    void FlushToDisk(Stream stream);

    /// <summary>Gives a file its final name in one step, in place of a file that may have it.</summary>
    void Replace(string temporary, string target);

    /// <summary>
    /// Gives a file its final name in one step; fails with <see cref="TargetExistsException"/> if anything has it
    /// already.
    /// </summary>
    void PublishNew(string temporary, string target);

    /// <summary>Removes a file; none there is no failure.</summary>
    void Delete(string path);

    /// <summary>Creates a folder and its parents; already there is no failure.</summary>
    void CreateDirectory(string path);

    /// <summary>Waits until the names in a folder are on the disk.</summary>
    void FlushDirectory(string path);
}

/// <summary>The name under which a new file was to be published is taken.</summary>
internal sealed class TargetExistsException(string path, Exception? inner = null)
    : IOException($"'{path}' exists already.", inner);
