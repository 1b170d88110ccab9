using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VoiceClean.Web.Serve;

/// <summary>Who holds a ticket.</summary>
/// <param name="Name">Whose token it was made with; null where no tokens are asked for.</param>
/// <param name="Key">What no other ticket has.</param>
internal sealed record TicketHolder(string? Name, string Key);

/// <summary>
/// Tickets for microphones: what a site gives to the page of a visitor instead of its token, which would then be
/// everybody's. One opens one microphone at a time, nothing else, and not for long. "expiry.nonce.signature": nothing
/// is kept, and every server with the same file of tokens knows it.
/// </summary>
/// <param name="tokens">Who may have tickets made; null = everybody who reaches the server.</param>
/// <param name="time">The clock.</param>
internal sealed class MicrophoneTickets(BearerTokens? tokens, TimeProvider time)
{
    /// <summary>How long a ticket opens microphones.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private const string Purpose = "voiceclean microphone ticket 1";

    private readonly IReadOnlyList<(string? Name, byte[] Key)> _keys = tokens is null
        ? [(null, RandomNumberGenerator.GetBytes(32))]
        : [.. tokens.Keys(Purpose)];

    /// <summary>Makes one.</summary>
    /// <param name="name">Whose token asked for it; null where no tokens are asked for.</param>
    public string Make(string? name)
    {
        long expiry = (time.GetUtcNow() + Life).ToUnixTimeSeconds();
        string nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        string text = string.Create(CultureInfo.InvariantCulture, $"{expiry}.{nonce}");
        return $"{text}.{Base64Url.EncodeToString(Sign(_keys.First(k => k.Name == name).Key, text))}";
    }

    /// <summary>Whose a ticket is; tries every key, and every byte of each, whatever it finds.</summary>
    /// <returns>Null if it is nobody's, or too old.</returns>
    public TicketHolder? Read(string? ticket)
    {
        const int mostCharacters = 200;
        string[] parts = ticket?.Length <= mostCharacters ? ticket.Split('.') : [];
        if (parts.Length != 3
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long expiry))
        {
            return null;
        }

        byte[] signature = new byte[HMACSHA256.HashSizeInBytes];
        bool isSigned = Base64Url.IsValid(parts[2], out int length)
            && length == signature.Length
            && Base64Url.TryDecodeFromChars(parts[2], signature, out _);
        TicketHolder? holder = null;
        foreach ((string? name, byte[] key) in _keys)
        {
            bool isOf = CryptographicOperations.FixedTimeEquals(Sign(key, $"{parts[0]}.{parts[1]}"), signature);
            holder = isOf ? new TicketHolder(name, parts[1]) : holder;
        }

        return isSigned && expiry > time.GetUtcNow().ToUnixTimeSeconds() ? holder : null;
    }

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text));
}
