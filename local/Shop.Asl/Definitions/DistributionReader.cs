using System.Text.Json;
using Shop.Asl.Expressions;
using Shop.Asl.States;

namespace Shop.Asl.Definitions;

/// <summary>Reads what only a Map of Mode DISTRIBUTED has.</summary>
internal static class DistributionReader
{
    private static readonly Dictionary<string, char> Delimiters = new(StringComparer.Ordinal)
    {
        ["COMMA"] = ',', ["PIPE"] = '|', ["SEMICOLON"] = ';', ["SPACE"] = ' ', ["TAB"] = '\t',
    };

    public static ItemReader? ReadItemReader(Fields map)
    {
        if (map.Child("ItemReader") is not { } reader)
        {
            return null;
        }

        if (reader.Text("Resource", isRequired: true) is { } resource && resource != ItemReader.GetObject)
        {
            map.Findings.Error(DiagnosticCodes.InvalidResource, $"Items can only be read by {ItemReader.GetObject}, not by '{resource}'", reader.At("Resource"));
        }

        var parameters = reader.Template("Parameters");
        if (parameters is null)
        {
            reader.Missing("Parameters");
        }

        var result = reader.Child("ReaderConfig", isRequired: true) is { } config ? ReadConfig(config, parameters) : null;
        reader.Close();
        return result;
    }

    public static ItemBatcher? ReadItemBatcher(Fields map)
    {
        if (map.Child("ItemBatcher") is not { } batcher)
        {
            return null;
        }

        var items = batcher.IntegerOrPath("MaxItemsPerBatch", "MaxItemsPerBatchPath", 1, int.MaxValue);
        var bytes = batcher.IntegerOrPath("MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath", 1, Execution.Limits.PayloadBytes);
        if (items is null && bytes is null)
        {
            map.Findings.Schema("One of 'MaxItemsPerBatch' and 'MaxInputBytesPerBatch' is required", batcher.Location);
        }

        var common = batcher.Template("BatchInput");
        batcher.Close();
        return new ItemBatcher(items, bytes, common);
    }

    private static ItemReader ReadConfig(Fields config, Template? parameters)
    {
        var format = config.Text("InputType", isRequired: true) switch
        {
            "CSV" => ItemFormat.Csv,
            "JSONL" => ItemFormat.JsonLines,
            "JSON" or null => ItemFormat.Json,
            _ => Wrong(config, "InputType", "JSON, JSONL or CSV; others are not supported", ItemFormat.Json),
        };
        var (headers, delimiter) = format == ItemFormat.Csv ? (ReadHeaders(config), ReadDelimiter(config)) : (null, ',');
        var most = config.IntegerOrPath("MaxItems", "MaxItemsPath", 1, 100_000_000);
        config.Close();
        return new ItemReader(parameters, format) { Headers = headers, Delimiter = delimiter, MaxItems = most };
    }

    private static List<string>? ReadHeaders(Fields config)
    {
        switch (config.Text("CSVHeaderLocation", isRequired: true))
        {
            case "GIVEN":
                List<string> headers = [.. config.List("CSVHeaders", isRequired: true).Select(header => header.ValueKind == JsonValueKind.String ? header.GetString()! : "")];
                return headers.Contains("") ? Wrong<List<string>?>(config, "CSVHeaders", "an array of strings", null) : headers;
            case "FIRST_ROW" or null:
                return null;
            default:
                return Wrong<List<string>?>(config, "CSVHeaderLocation", "FIRST_ROW or GIVEN", null);
        }
    }

    private static char ReadDelimiter(Fields config) => config.Text("CSVDelimiter") is not { } name ? ','
        : Delimiters.TryGetValue(name, out var delimiter) ? delimiter
        : Wrong(config, "CSVDelimiter", string.Join(", ", Delimiters.Keys), ',');

    private static T Wrong<T>(Fields fields, string name, string expected, T instead)
    {
        fields.Wrong(name, expected);
        return instead;
    }
}
