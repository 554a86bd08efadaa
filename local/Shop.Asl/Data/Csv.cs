using System.Text;

namespace Shop.Asl.Data;

/// <summary>Comma-separated values as RFC 4180 has them: fields may be quoted, and a quoted field may contain delimiters, line ends and doubled quotes.</summary>
internal static class Csv
{
    public static List<string[]> Parse(string text, char delimiter)
    {
        List<string[]> rows = [];
        List<string> row = [];
        var field = new StringBuilder();
        var (isQuoted, hasContent) = (false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted)
            {
                if (c != '"')
                {
                    field.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (c == '"' && field.Length == 0)
            {
                (isQuoted, hasContent) = (true, true);
            }
            else if (c == delimiter)
            {
                hasContent = true;
                EndField();
            }
            else if (c == '\n')
            {
                EndRow();
            }
            else if (c != '\r')
            {
                hasContent = true;
                field.Append(c);
            }
        }

        EndRow();
        return rows;

        void EndField()
        {
            row.Add(field.ToString());
            field.Clear();
        }

        // An empty line is no row.
        void EndRow()
        {
            if (hasContent)
            {
                EndField();
                rows.Add([.. row]);
            }

            row.Clear();
            hasContent = false;
        }
    }
}
