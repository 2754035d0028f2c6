package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

var rendered = map[string][]byte{}

func pictureOf(product string) []byte {
	if picture, ok := rendered[product]; ok {
		return picture
	}
	picture := draw(product)
	rendered[product] = picture
	return picture
}

func draw(product string) []byte {
	canvas := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for at := 0; at < 64*64; at++ {
		canvas.Set(at%64, at/64, color.RGBA{byte(at * len(product)), byte(at * 7), byte(at * at), 255})
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.NoCompression}).Encode(&out, canvas); err != nil {
		panic(err)
	}
	return out.Bytes()
}
