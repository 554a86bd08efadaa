using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Shop.Asl.Data;

/// <summary>Makes immutable JSON values. Parts that exist already are copied as bytes, never parsed and formatted again.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // The service escapes what JSON makes it escape, no more.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 512 };

    [ThreadStatic]
    private static Scratch? _scratch;

    public static JsonElement Null { get; } = Parse("null"u8);

    public static JsonElement True { get; } = Parse("true"u8);

    public static JsonElement False { get; } = Parse("false"u8);

    public static JsonElement EmptyObject { get; } = Parse("{}"u8);

    public static JsonElement EmptyArray { get; } = Parse("[]"u8);

    public static JsonElement Parse(ReadOnlySpan<byte> utf8) => JsonElement.Parse(utf8, ReaderOptions);

    public static JsonElement Parse(string text) => JsonElement.Parse(text, ReaderOptions);

    public static JsonElement Boolean(bool value) => value ? True : False;

    public static JsonElement String(string value) => Build(value, static (writer, text) => writer.WriteStringValue(text));

    public static JsonElement Number(long value)
    {
        Span<byte> digits = stackalloc byte[20];
        value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        return Parse(digits[..length]);
    }

    public static JsonElement Array(IReadOnlyList<JsonElement> items) => items.Count == 0 ? EmptyArray : Build(items, static (writer, all) =>
    {
        writer.WriteStartArray();
        for (var i = 0; i < all.Count; i++)
        {
            writer.WriteRaw(all[i]);
        }

        writer.WriteEndArray();
    });

    public static JsonElement Build<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        // Taken off the thread's stack while in use: building one value may build another.
        var scratch = _scratch ?? new Scratch();
        _scratch = scratch.Next;
        try
        {
            write(scratch.Writer, state);
            scratch.Writer.Flush();
            return Parse(scratch.Buffer.WrittenSpan);
        }
        finally
        {
            scratch.Reset();
            scratch.Next = _scratch;
            _scratch = scratch;
        }
    }

    public static ReadOnlySpan<byte> Raw(JsonElement value) => JsonMarshal.GetRawUtf8Value(value);

    public static int Size(JsonElement value) => Raw(value).Length;

    public static void WriteRaw(this Utf8JsonWriter writer, JsonElement value) => writer.WriteRawValue(Raw(value), skipInputValidation: true);

    /// <summary>Copies a property and, unless its name is escaped, doesn't make a string of the name.</summary>
    public static void WritePropertyName(this Utf8JsonWriter writer, JsonProperty property)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(property);
        if (name.Contains((byte)'\\'))
        {
            writer.WritePropertyName(property.Name);
        }
        else
        {
            writer.WritePropertyName(name);
        }
    }

    public static JsonEncodedText Encode(string name) => JsonEncodedText.Encode(name, WriterOptions.Encoder);

    /// <summary>The same value without insignificant white space.</summary>
    public static JsonElement Compact(JsonElement value) => Build(value, static (writer, element) => element.WriteTo(writer));

    public static string Text(JsonElement value) => Compact(value).GetRawText();

    public static bool TryGetNumber(JsonElement value, out decimal number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number
            && (value.TryGetDecimal(out number) || TryRound(value, out number));
    }

    public static bool IsDuplicateFree(JsonElement value, string location, Action<string, string> report)
    {
        var clean = true;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var property in value.EnumerateObject())
                {
                    if (!names.Add(property.Name))
                    {
                        report(location, property.Name);
                        clean = false;
                    }

                    clean &= IsDuplicateFree(property.Value, $"{location}/{property.Name}", report);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    clean &= IsDuplicateFree(item, string.Create(CultureInfo.InvariantCulture, $"{location}[{index++}]"), report);
                }

                break;
        }

        return clean;
    }

    private static bool TryRound(JsonElement value, out decimal number)
    {
        // Beyond decimal's range: only the order matters, so the ends of the range stand in.
        var wide = value.GetDouble();
        number = wide > 0 ? decimal.MaxValue : decimal.MinValue;
        return !double.IsNaN(wide);
    }

    private sealed class Scratch
    {
        public Scratch()
        {
            Writer = new Utf8JsonWriter(Buffer, WriterOptions);
        }

        public ArrayBufferWriter<byte> Buffer { get; private set; } = new(1024);

        public Utf8JsonWriter Writer { get; }

        public Scratch? Next { get; set; }

        public void Reset()
        {
            if (Buffer.Capacity > 1 << 20)
            {
                Buffer = new ArrayBufferWriter<byte>(1024);
            }

            Buffer.ResetWrittenCount();
            Writer.Reset(Buffer);
        }
    }
}
