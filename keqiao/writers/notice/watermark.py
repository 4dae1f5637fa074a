"""The word 草稿 across each page of a Word file that is not published."""

from docx.document import Document
from docx.oxml import parse_xml
from docx.section import _Header

DRAFT = "草稿"
_SHAPE = (
    '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>'
    '<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="draft{number}" type="#_x0000_t136" alt="{words}" fillcolor="#c8c8c8" stroked="f"'
    ' style="position:absolute;width:340pt;height:170pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin">'
    '<v:fill opacity=".45"/><v:textpath style="font-family:&quot;SimHei&quot;" string="{words}"/></v:shape></w:pict>'
)


def set_watermark(document: Document) -> None:
    """Put the word behind the text of all pages: headers of odd, even and first ones differ, of each section too."""
    for number, header in enumerate(_headers(document), start=1):
        _set(header, number)


def _headers(document: Document) -> list[_Header]:
    """Those of the first section, and of later ones the headers of their own."""
    found: list[_Header] = []
    for number, section in enumerate(document.sections):
        first = [section.first_page_header] if section.different_first_page_header_footer else []
        named = (section.header, section.even_page_header, *first)
        found += (header for header in named if number == 0 or not header.is_linked_to_previous)
    return found


def _set(header: _Header, number: int) -> None:
    header.is_linked_to_previous = False
    run = (header.paragraphs[0] if header.paragraphs else header.add_paragraph()).add_run()
    run._r.append(parse_xml(_SHAPE.format(number=number, words=DRAFT)))
