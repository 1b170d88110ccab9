namespace VoiceClean.Audio;

/// <summary>Scratch files that vanish by themselves, also when the process is killed.</summary>
public static class TemporaryFile
{
    /// <summary>
    /// A new empty file in the system's temporary folder, open for reading and writing. On Unix its name is removed at once, so not even
    /// SIGKILL leaves it behind; on Windows the system deletes it when the last handle closes.
    /// </summary>
    /// <exception cref="IOException">No temporary file can be made (no space, no permission).</exception>
    public static FileStream Create()
    {
        string path = Path.Combine(Path.GetTempPath(), ".vc-" + Guid.NewGuid().ToString("N") + ".tmp");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 1,
            Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
        };
        var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }

        return file;
    }
}
