using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceViewer.Rest;

/// <summary>Reads an uploaded picture: a request's body, or the first file of a form. It is never written to disk.</summary>
/// <param name="options">The limits.</param>
internal sealed class Upload(ViewerOptions options)
{
    private const int FirstBytes = 1 << 16;

    /// <summary>Reads and decodes the picture.</summary>
    /// <returns>Blue-green-red, upright as its EXIF data say; the caller's.</returns>
    /// <exception cref="UploadException">There is none, it is too large, or it cannot be decoded.</exception>
    public async Task<Mat> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Headers.ContentEncoding.Count > 0)
            throw new UploadException(StatusCodes.Status415UnsupportedMediaType, "The body is compressed (Content-Encoding); send the file as it is.");
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            throw WrongType(request.ContentType);
        if (type.MediaType == "multipart/form-data")
            return await ReadFormAsync(request, type, cancellationToken).ConfigureAwait(false);
        if (request.ContentLength > options.MaxBytes)
            throw TooLarge();
        if (type.MediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || type.MediaType == "application/octet-stream")
            return await ReadFileAsync(request.Body, cancellationToken).ConfigureAwait(false);
        throw WrongType(request.ContentType);
    }

    private static UploadException WrongType(string? type) => new(StatusCodes.Status415UnsupportedMediaType,
        $"The content type is '{Vision.ForeignText.Show(type ?? "")}'; send a JPEG or PNG as image/jpeg, image/png or application/octet-stream, or as a file of multipart/form-data.");

    private UploadException TooLarge() => new(StatusCodes.Status413PayloadTooLarge, $"The picture has more than {options.MaxBytes} bytes.");

    private async Task<Mat> ReadFormAsync(HttpRequest request, MediaTypeHeaderValue type, CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > 200)
            throw new UploadException(StatusCodes.Status400BadRequest, "The form has no boundary, or one of more than 200 letters.");
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 4096 }; // Kestrel limits the whole, ReadFileAsync the file.
        try
        {
            for (var sections = 0; await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is { } section; sections++)
            {
                if (sections == 16)
                    throw new UploadException(StatusCodes.Status400BadRequest, "The form has more than 16 parts.");
                if (section.GetContentDispositionHeader()?.IsFileDisposition() == true)
                    return await ReadFileAsync(section.Body, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new UploadException(StatusCodes.Status400BadRequest, $"The form is damaged: {e.Message}");
        }

        throw new UploadException(StatusCodes.Status400BadRequest, "The form has no file; name a picture as a part of type file.");
    }

    private async Task<Mat> ReadFileAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
        try
        {
            var length = 0;
            while (true)
            {
                if (length == bytes.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(2 * length);
                    bytes.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(bytes);
                    bytes = larger;
                }

                var read = await body.ReadAsync(bytes.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    break;
                length += read;
                if (length > options.MaxBytes)
                    throw TooLarge();
            }

            if (length == 0)
                throw new UploadException(StatusCodes.Status400BadRequest, "There is no picture in the request: its body is empty.");
            return PictureFile.Decode(bytes.AsMemory(0, length), options.MaxPixels);
        }
        catch (ImageException e)
        {
            throw new UploadException(StatusCodes.Status422UnprocessableEntity, e.Message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
