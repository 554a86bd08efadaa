namespace Shop.Ui.Http;

/// <summary>The fields of a posted form, trimmed. A field that is absent is empty.</summary>
public sealed class FormFields
{
    private readonly IFormCollection _form;

    private FormFields(IFormCollection form) => _form = form;

    public string this[string name] => _form[name].ToString().Trim();

    public static async ValueTask<FormFields> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.HasFormContentType)
        {
            // A step without fields may come without a body, so without a content type.
            return request.ContentLength is null or 0
                ? new FormFields(FormCollection.Empty)
                : throw new BadHttpRequestException("Forms only.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return new FormFields(await request.ReadFormAsync(context.RequestAborted));
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The form can't be read.", StatusCodes.Status400BadRequest, e);
        }
    }
}
