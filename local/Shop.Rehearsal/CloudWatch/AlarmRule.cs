using System.Text.RegularExpressions;

namespace Shop.Rehearsal.CloudWatch;

/// <summary>The rule of a composite alarm: <c>ALARM(a) AND NOT OK("b") OR (INSUFFICIENT_DATA(c) AND TRUE)</c>.</summary>
/// <remarks>NOT binds tighter than AND, AND tighter than OR.</remarks>
public sealed partial class AlarmRule
{
    private readonly Func<Func<string, AlarmValue>, bool> _evaluate;

    private AlarmRule(string text, Func<Func<string, AlarmValue>, bool> evaluate, IReadOnlyCollection<string> alarms)
    {
        Text = text;
        _evaluate = evaluate;
        Alarms = alarms;
    }

    public string Text { get; }

    /// <summary>The alarms that it looks at.</summary>
    public IReadOnlyCollection<string> Alarms { get; }

    /// <exception cref="FormatException">Not a rule.</exception>
    public static AlarmRule Parse(string text)
    {
        var parser = new Parser(text);
        var evaluate = parser.Or();
        parser.Expect("");
        return new(text, evaluate, parser.Alarms);
    }

    public bool IsMet(Func<string, AlarmValue> stateOf) => _evaluate(stateOf);

    [GeneratedRegex("""\s*(?:(?<state>ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"(?<name>[^"]+)"|(?<name>[^"()\s]+))\s*\)|(?<word>AND|OR|NOT|TRUE|FALSE)\b|(?<word>[()]))\s*""")]
    private static partial Regex Token();

    private sealed class Parser
    {
        private readonly Queue<Match> _tokens = new();

        public Parser(string text)
        {
            var position = 0;
            while (position < text.Length)
            {
                var match = Token().Match(text, position);
                if (!match.Success || match.Index != position)
                {
                    throw new FormatException($"AlarmRule: '{text[position..]}' is not understood.");
                }

                _tokens.Enqueue(match);
                position += match.Length;
            }
        }

        public HashSet<string> Alarms { get; } = new(StringComparer.Ordinal);

        private string Next => _tokens.TryPeek(out var token) ? token.Groups["word"].Value : "";

        public Func<Func<string, AlarmValue>, bool> Or()
        {
            var left = And();
            while (Next == "OR")
            {
                _tokens.Dequeue();
                var (first, second) = (left, And());
                left = states => first(states) | second(states);
            }

            return left;
        }

        public void Expect(string word)
        {
            if (word.Length == 0 ? _tokens.Count > 0 : Next != word)
            {
                throw new FormatException($"AlarmRule: expected {(word.Length == 0 ? "the end" : word)} before '{_tokens.FirstOrDefault()?.Value}'.");
            }

            _tokens.TryDequeue(out _);
        }

        private Func<Func<string, AlarmValue>, bool> And()
        {
            var left = Not();
            while (Next == "AND")
            {
                _tokens.Dequeue();
                var (first, second) = (left, Not());
                left = states => first(states) & second(states);
            }

            return left;
        }

        private Func<Func<string, AlarmValue>, bool> Not()
        {
            if (Next != "NOT")
            {
                return Operand();
            }

            _tokens.Dequeue();
            var inner = Not();
            return states => !inner(states);
        }

        private Func<Func<string, AlarmValue>, bool> Operand()
        {
            if (!_tokens.TryDequeue(out var token))
            {
                throw new FormatException("AlarmRule: it ends where an alarm is expected.");
            }

            switch (token.Groups["word"].Value)
            {
                case "TRUE":
                    return _ => true;
                case "FALSE":
                    return _ => false;
                case "(":
                    var inner = Or();
                    Expect(")");
                    return inner;
                case "":
                    return State(token.Groups["state"].Value, token.Groups["name"].Value);
                default:
                    throw new FormatException($"AlarmRule: '{token.Value.Trim()}' where an alarm is expected.");
            }
        }

        private Func<Func<string, AlarmValue>, bool> State(string state, string nameOrArn)
        {
            var name = nameOrArn[(nameOrArn.LastIndexOf(':') + 1)..];
            Alarms.Add(name);
            var wanted = state switch
            {
                "ALARM" => AlarmValue.Alarm,
                "OK" => AlarmValue.Ok,
                _ => AlarmValue.InsufficientData,
            };
            return states => states(name) == wanted;
        }
    }
}
