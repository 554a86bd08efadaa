using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Shop.Rehearsal.ControlRoom.Page;

/// <summary>Markup. What an interpolation puts in is encoded, unless it is markup itself.</summary>
internal readonly record struct Html(string Text)
{
    public static readonly Html None = new("");

    public static Html Of(Interpolated text) => new(text.ToString());

    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> one) => new(string.Concat(items.Select(i => one(i).Text)));

    public override string ToString() => Text;

    [InterpolatedStringHandler]
    public readonly ref struct Interpolated(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

        public void AppendLiteral(string text) => _text.Append(text);

        public void AppendFormatted(Html html) => _text.Append(html.Text);

        public void AppendFormatted<T>(T value, string? format = null) =>
            _text.Append(WebUtility.HtmlEncode(value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString()));

        public override string ToString() => _text.ToString();
    }
}
