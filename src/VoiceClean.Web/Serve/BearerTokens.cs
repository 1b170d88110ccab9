using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Web.Serve;

/// <summary>
/// Who may use a server: a file with a name and a token a line, separated by blanks; # begins a comment. Only hashes
/// are kept.
/// </summary>
internal sealed class BearerTokens
{
    /// <summary>A shorter token can be guessed.</summary>
    public const int ShortestToken = 16;

    private readonly List<(string Name, byte[] Hash)> _tokens = [];
    private readonly ConcurrentDictionary<string, int> _held = new(StringComparer.Ordinal);

    /// <summary>Their names, in the order of the file.</summary>
    public IEnumerable<string> Names => _tokens.Select(t => t.Name);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stop">Ends the waiting for a file that is a pipe.</param>
    /// <exception cref="VoiceCleanException">It cannot be read, is empty or wrong; no token is shown.</exception>
    public static BearerTokens Load(string path, CancellationToken stop = default)
    {
        try
        {
            return Parse(InputFile.ReadText(path, stop), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Usage($"--token-file {path} cannot be read: {SystemErrors.Say(e)}.");
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Where it comes from, for messages.</param>
    /// <exception cref="VoiceCleanException">It is empty or wrong.</exception>
    public static BearerTokens Parse(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new BearerTokens();
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string[] words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }

            string place = $"--token-file {path}, line {number}";
            if (words.Length != 2)
            {
                throw Usage($"{place}: a line is a name and a token, with a blank between.");
            }

            byte[] hash = HashOf(words[1]);
            if (words[1].Length < ShortestToken || !words[1].All(c => c is > ' ' and <= '~'))
            {
                throw Usage(
                    $"{place}: the token must have at least {ShortestToken} characters, printable ASCII "
                        + "(openssl rand -hex 32 makes one).");
            }

            if (tokens._tokens.Any(t => t.Name == words[0] || t.Hash.AsSpan().SequenceEqual(hash)))
            {
                throw Usage($"{place}: the name or the token is there already.");
            }

            tokens._tokens.Add((words[0], hash));
        }

        return tokens._tokens.Count > 0 ? tokens : throw Usage($"--token-file {path} names nobody.");
    }

    /// <summary>Whose token a header carries; compares with all of them, and every byte, whatever it finds.</summary>
    /// <param name="authorization">"Bearer …"; null = no header.</param>
    /// <returns>The name; null if it is nobody's.</returns>
    public string? NameOf(string? authorization)
    {
        const string scheme = "Bearer ";
        if (authorization?.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        byte[] hash = HashOf(authorization[scheme.Length..].Trim());
        string? found = null;
        foreach ((string name, byte[] known) in _tokens)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, known) ? name : found;
        }

        return found;
    }

    /// <summary>A key for each name, which only who has its token (or this file) can know.</summary>
    /// <param name="purpose">What it is for; other purposes, other keys.</param>
    public IEnumerable<(string? Name, byte[] Key)> Keys(string purpose) =>
        _tokens.Select(t => ((string?)t.Name, HMACSHA256.HashData(t.Hash, Encoding.UTF8.GetBytes(purpose))));

    /// <summary>Notes that a name wants one more place.</summary>
    /// <param name="name">The name.</param>
    /// <param name="most">Most that it may hold.</param>
    /// <returns>False if it holds as many already.</returns>
    public bool TryHold(string name, int most)
    {
        if (_held.AddOrUpdate(name, 1, (_, held) => held + 1) <= most)
        {
            return true;
        }

        Release(name);
        return false;
    }

    /// <summary>Notes that a name has given one back.</summary>
    public void Release(string name) => _held.AddOrUpdate(name, 0, (_, held) => held - 1);

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static VoiceCleanException Usage(string message) => new(ErrorKind.Usage, ReasonCodes.BadOptions, message);
}
