using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shop.Asl.Data;

namespace Shop.Asl.Intrinsics;

/// <summary>The functions on text.</summary>
internal static class TextFunctions
{
    public static JsonElement Format(IntrinsicArguments arguments)
    {
        var template = arguments.Text(0);
        var result = new StringBuilder(template.Length + 32);
        var next = 1;
        for (var i = 0; i < template.Length; i++)
        {
            switch (template[i])
            {
                case '\\' when i + 1 < template.Length && template[i + 1] is '{' or '}' or '\\' or '\'':
                    result.Append(template[++i]);
                    break;
                case '{' when i + 1 < template.Length && template[i + 1] == '}':
                    result.Append(next < arguments.Count ? Plain(arguments, next) : throw PlaceholderMismatch());
                    next++;
                    i++;
                    break;
                case '{' or '}':
                    throw new IntrinsicException("A brace that is not part of '{}' must be escaped by a backslash");
                default:
                    result.Append(template[i]);
                    break;
            }
        }

        return next == arguments.Count ? Json.String(result.ToString()) : throw PlaceholderMismatch();
    }

    public static JsonElement StringToJson(IntrinsicArguments arguments)
    {
        try
        {
            return Json.Parse(arguments.Text(0));
        }
        catch (JsonException)
        {
            throw new IntrinsicException("The argument is not valid JSON text");
        }
    }

    public static JsonElement StringSplit(IntrinsicArguments arguments)
    {
        var text = arguments.Text(0);
        var delimiters = arguments.Text(1);
        // Without delimiters string.Split would split on white space.
        string[] parts = delimiters.Length == 0 ? [text] : text.Split(delimiters.ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
        return Json.Array([.. parts.Select(Json.String)]);
    }

    public static JsonElement Base64Encode(IntrinsicArguments arguments)
        => Json.String(Convert.ToBase64String(Encoding.UTF8.GetBytes(arguments.LimitedText(0))));

    public static JsonElement Base64Decode(IntrinsicArguments arguments)
    {
        try
        {
            return Json.String(Encoding.UTF8.GetString(Convert.FromBase64String(arguments.LimitedText(0))));
        }
        catch (FormatException)
        {
            throw new IntrinsicException("The argument is not valid Base64 text");
        }
    }

    public static JsonElement Hash(IntrinsicArguments arguments)
    {
        var data = arguments[0].ValueKind == JsonValueKind.String ? arguments.LimitedText(0) : Json.Text(arguments[0]);
        var algorithm = arguments.Text(1) switch
        {
            "MD5" => HashAlgorithmName.MD5,
            "SHA-1" => HashAlgorithmName.SHA1,
            "SHA-256" => HashAlgorithmName.SHA256,
            "SHA-384" => HashAlgorithmName.SHA384,
            "SHA-512" => HashAlgorithmName.SHA512,
            var unknown => throw new IntrinsicException($"'{unknown}' is not one of MD5, SHA-1, SHA-256, SHA-384 and SHA-512"),
        };
        return Json.String(Convert.ToHexStringLower(CryptographicOperations.HashData(algorithm, Encoding.UTF8.GetBytes(data))));
    }

    public static JsonElement Uuid(IntrinsicArguments arguments)
    {
        Span<byte> bytes = stackalloc byte[16];
        arguments.Random.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return Json.String(new Guid(bytes, bigEndian: true).ToString());
    }

    private static string Plain(IntrinsicArguments arguments, int index) => arguments[index].ValueKind switch
    {
        JsonValueKind.String => arguments.Text(index),
        JsonValueKind.Array or JsonValueKind.Object => throw new IntrinsicException($"Argument {index + 1} can't be formatted: it is an array or an object"),
        _ => arguments[index].GetRawText(),
    };

    private static IntrinsicException PlaceholderMismatch() => new("The number of arguments does not match the occurrences of '{}'");
}
