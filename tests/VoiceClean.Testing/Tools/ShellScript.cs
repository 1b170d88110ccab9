namespace VoiceClean.Testing.Tools;

/// <summary>Stand-ins for programs.</summary>
public static class ShellScript
{
    /// <summary>Writes a script that can be run at once.</summary>
    /// <remarks>
    /// Another program copies it into its place: a file that this process holds open for writing is inherited, for a
    /// moment, by whatever another thread starts just then, and the system starts no program that somebody may write
    /// ("text file busy").
    /// </remarks>
    /// <param name="path">Where it is to lie; replaced if it is there.</param>
    /// <param name="body">What it does, behind the line that names the shell.</param>
    /// <returns>The path.</returns>
    public static string Write(string path, string body)
    {
        string text = path + ".text";
        File.WriteAllText(text, "#!/bin/sh\n" + body + "\n");
        if (OperatingSystem.IsWindows())
        {
            File.Move(text, path, overwrite: true);
            return path;
        }

        File.Delete(path);
        ExternalProgram.Run("cp", text, path);
        ExternalProgram.Run("chmod", "700", path);
        File.Delete(text);
        return path;
    }
}
